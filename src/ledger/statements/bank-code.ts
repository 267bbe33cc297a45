import { element, xmlText } from '../../basis/xml-text.ts'

// Bank transaction codes of ISO 20022 (external code sets): domain, family, sub-family. BOOK is a transfer inside one
// book, FEES and ADJT are fees and adjustments of any family, NTAV says that the sub-family is not known here: a top-up
// may have come by any rail.

/** By the ledger's word: the code of what came in, and of what went out. What the list does not have has no code. */
const codes: ReadonlyMap<string, { readonly credit?: string; readonly debit?: string }> = new Map([
  ['payment', { credit: 'PMNT RCDT BOOK', debit: 'PMNT ICDT BOOK' }],
  ['transfer', { credit: 'PMNT RCDT BOOK', debit: 'PMNT ICDT BOOK' }],
  ['refund', { credit: 'PMNT RCDT BOOK', debit: 'PMNT ICDT BOOK' }],
  ['top-up', { credit: 'PMNT RCDT NTAV' }],
  ['payout', { debit: 'PMNT ICDT NTAV' }],
  ['conversion', { credit: 'FORX SPOT NTAV', debit: 'FORX SPOT NTAV' }],
  ['fee', { credit: 'ACMT MCOP FEES', debit: 'ACMT MDOP FEES' }],
  ['correction', { credit: 'ACMT MCOP ADJT', debit: 'ACMT MDOP ADJT' }],
])

/** The content of `BkTxCd`: the code of ISO where one fits, and always the ledger's own word. */
export function bankCode(kind: string, direction: 'credit' | 'debit'): string {
  const [domain = '', family = '', subFamily = ''] = codes.get(kind)?.[direction]?.split(' ') ?? []
  const inner = `${element('Cd', family)}${element('SubFmlyCd', subFamily)}`
  const own = element('Cd', xmlText(kind, 35))
  return [
    domain && element('Domn', `${element('Cd', domain)}${element('Fmly', inner)}`),
    own && element('Prtry', `${own}<Issr>EWTP</Issr>`),
  ].join('')
}
