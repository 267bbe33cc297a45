import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import type ui from '../../messages/en/ui.json'

/**
 * The message keys by namespace. A capability adds its own file `messages/<locale>/<name>.json` and
 * its keys to this type, from its own folder:
 *
 *     import type tariff from '../../messages/en/tariff.json'
 *     declare module '../ui/messages.ts' {
 *       interface Catalogue { tariff: keyof typeof tariff }
 *     }
 */
export interface Catalogue {
  ui: keyof typeof ui
}

export type MessageKey = Catalogue[keyof Catalogue]
export type MessageValues = Record<string, string | number>
export type Translate = (key: MessageKey, values?: MessageValues) => string

const folder = new URL('../../messages/', import.meta.url)

/** Every locale that has a folder of messages; English first, it is the language the keys come from. */
export const locales: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort((a, b) => Number(b === 'en') - Number(a === 'en') || a.localeCompare(b, 'en'))

/** The text of each message as the translator wrote it, all namespaces of one locale together. */
export function readMessages(locale: string): ReadonlyMap<string, string> {
  const messages = new Map<string, string>()
  const files = readdirSync(new URL(`${locale}/`, folder)).filter((name) => name.endsWith('.json'))
  for (const file of files) {
    const text = readFileSync(new URL(`${locale}/${file}`, folder), 'utf8')
    for (const [key, message] of Object.entries(JSON.parse(text) as Record<string, string>)) {
      if (messages.has(key)) throw new Error(`Message ${key} is written twice in ${locale}`)
      messages.set(key, message)
    }
  }
  return messages
}

const translators: ReadonlyMap<string, Translate> = new Map(
  locales.map((locale) => [locale, translator(locale, readMessages(locale))]),
)

/** The translator of one locale. There is no falling back: a missing key is a fault, and a test finds it. */
export function messagesFor(locale: string): Translate {
  const translate = translators.get(locale)
  if (!translate) throw new Error(`No messages for locale ${locale}`)
  return translate
}

/** French sets off `: ; ? !` and what is in guillemets by a space at which no line may break. */
const keptTogether = (message: string, locale: string): string =>
  locale === 'fr' ? message.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00a0') : message

/** Messages are compiled when first used, then kept. */
function translator(locale: string, messages: ReadonlyMap<string, string>): Translate {
  const compiled = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    let format = compiled.get(key)
    if (!format) {
      const message = messages.get(key)
      if (message === undefined) throw new Error(`No message ${key} in locale ${locale}`)
      format = new IntlMessageFormat(keptTogether(message, locale), locale, undefined, {
        ignoreTag: true,
      })
      compiled.set(key, format)
    }
    return String(format.format(values))
  }
}
