/** The part of an address that names an offer: small Latin letters, digits and single hyphens. */
import { tooManyMarks } from '../basis/clean-text.ts'
export const isSlug = (text: string): boolean =>
  text.length <= mostSlug && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

const mostSlug = 100

/** A slug of a title; empty where the title has no Latin letter or digit. */
export function slugOf(title: string): string {
  return title
    .replaceAll(tooManyMarks, '$1')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
    .replaceAll(/^-+|-+$/g, '')
}

/** Slugs to try in turn; the last carries a part of the offer's id and so is free. */
export function slugCandidates(titles: readonly string[], offerId: string): string[] {
  const base = titles.map(slugOf).find((slug) => /[a-z]/.test(slug)) ?? 'goods'
  const own = `${base}-${offerId.slice(-12)}`
  return base === 'goods' ? [own] : [base, ...[2, 3, 4, 5].map((n) => `${base}-${n}`), own]
}
