// What to do with a code that was found: take it back to the page that asked for one, or see what the goods cost.
import { formatTariffCode } from '../../basis/hs.ts'
import { pathWithin, type Language } from '../../ui/index.ts'

/** The path within this hub that asked for a code; empty when nobody did, or when it leads elsewhere. */
export const readNext = (next: string | null): string => pathWithin(next ?? undefined, '')

export type Onward = (code: string, of?: string) => { href: string; label: string }

/** Leads on with a code; `of` is whose line it is, when it has more than six digits. */
export function onwardFrom(text: string, next: string, { t }: Language): Onward {
  return (digits, of = '') => {
    const code = formatTariffCode(digits)
    if (next === '') {
      const query = new URLSearchParams({ 'goods-1': text.slice(0, 200), 'code-1': code })
      if (of !== '') {
        query.set('code-of-1', of)
        query.set('to', of)
      }
      return { href: `/cost/question?${query}`, label: t('nomenclature.onward.price', { code }) }
    }
    const found = new URLSearchParams({ found: digits, 'found-text': text.slice(0, 200) })
    if (of !== '') found.set('found-of', of)
    const href = `${next}${next.includes('?') ? '&' : '?'}${found}`
    return { href, label: t('nomenclature.onward.use', { code }) }
  }
}
