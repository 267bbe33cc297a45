import type { Language } from '../../ui/index.ts'
import { wordFor } from './words.ts'

/** A rate as the rules write it (docs/rules-schema.md section 4), as a reader would. */
export function rateWords(text: string, language: Language): string {
  const { t } = language
  const trimmed = text.trim()
  const call = /^(max|min|topup|season|quota)\((.*)\)$/s.exec(trimmed)
  const inner = call && isWhole(call[2] as string) ? (call[2] as string) : undefined
  if (call && inner !== undefined) {
    const parts = split(inner, call[1] === 'quota' || call[1] === 'season' ? ';' : ',')
    const words = (part: string | undefined): string => rateWords(part ?? '', language)
    if (call[1] === 'max') return t('tariff.rate.max', { list: language.list(parts.map(words)) })
    if (call[1] === 'min') return t('tariff.rate.min', { list: language.list(parts.map(words)) })
    if (call[1] === 'topup') return t('tariff.rate.topup', { rate: words(inner) })
    if (call[1] === 'quota')
      return t('tariff.rate.quota', { within: words(parts[0]), beyond: words(parts[1]) })
    return t('tariff.rate.season', { list: parts.join('; ') })
  }
  const terms = split(trimmed, '+')
  if (terms.length > 1) return terms.map((term) => rateWords(term, language)).join(' + ')
  return termWords(trimmed, language)
}

/** A cell as it was published: a rate, or text that we do not read and therefore show. */
export function cellText(text: string, language: Language): string {
  if (text === '') return ''
  if (text.startsWith('?')) return `“${text.slice(1).trim()}”`
  const [rate = '', ...except] = text.split(' except ')
  const words = rateWords(rate, language)
  if (except.length === 0) return words
  const list = language.list((except[0] ?? '').split(' ').map(language.country))
  return `${words} (${language.t('tariff.line.except', { list })})`
}

function termWords(term: string, language: Language): string {
  const { t } = language
  if (term === '0' || term === '0%') return t('tariff.rate.free')
  const percent = /^(\d+(?:\.\d+)?)%(?: of (\S+))?$/.exec(term)
  if (percent) {
    const rate = language.percent(percent[1] as string)
    return percent[2] === undefined
      ? rate
      : t('tariff.rate.ofFact', { rate, fact: wordFor(language, 'fact', percent[2]) })
  }
  const specific = /^(\d+(?:\.\d+)?) ([A-Z]{3})((?:\/.+)?)$/.exec(term)
  if (!specific) return term
  const amount = language.money(specific[1] as string, specific[2] as string)
  const per = (specific[3] as string)
    .split('/')
    .slice(1)
    .map((each) => {
      const [, count = '', unit = ''] = /^([\d.]+ ?)?(.+)$/.exec(each.trim()) ?? []
      return `${count.trim()} ${wordFor(language, 'unit', unit)}`.trim()
    })
  return per.length === 0 ? amount : t('tariff.rate.per', { amount, per: per.join(' × ') })
}

/** Whether every bracket of the text closes inside it: `a), max(b` does not. */
function isWhole(text: string): boolean {
  let depth = 0
  for (const sign of text) {
    depth += sign === '(' ? 1 : sign === ')' ? -1 : 0
    if (depth < 0) return false
  }
  return depth === 0
}

function split(text: string, by: string): string[] {
  const parts: string[] = []
  let depth = 0
  let begun = 0
  for (let at = 0; at < text.length; at += 1) {
    depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0
    if (depth === 0 && text[at] === by) {
      parts.push(text.slice(begun, at).trim())
      begun = at + 1
    }
  }
  return [...parts, text.slice(begun).trim()]
}
