// Sentences for why a receipt is not given, in the reader's language.
import type en from '../../../messages/en/receipts.json'
import type { Refused } from '../../basis/refusal.ts'
import type { Language } from '../../ui/index.ts'

declare module '../../ui/messages.ts' {
  interface Catalogue {
    receipts: keyof typeof en
  }
}

const sentences = {
  'receipt-unreadable': 'receipts.refusal.unreadable',
  'receipt-does-not-add': 'receipts.refusal.doesNotAdd',
  'receipt-fonts-missing': 'receipts.refusal.fontsMissing',
} as const

/** What a refusal of this folder says to a reader. */
export function refusalSentence({ t }: Language, { refused, facts }: Refused): string {
  const key = sentences[refused as keyof typeof sentences]
  const values = Object.entries(facts).map(([name, value]) => [name, String(value)])
  return t(key, Object.fromEntries(values) as Record<string, string>)
}
