import { expect, test } from 'vitest'
import { bankCode } from './bank-code.ts'

test.each([
  ['payment', 'PMNT RCDT BOOK', 'PMNT ICDT BOOK'],
  ['top-up', 'PMNT RCDT NTAV', undefined],
  ['payout', undefined, 'PMNT ICDT NTAV'],
  ['conversion', 'FORX SPOT NTAV', 'FORX SPOT NTAV'],
  ['fee', 'ACMT MCOP FEES', 'ACMT MDOP FEES'],
  ['correction', 'ACMT MCOP ADJT', 'ACMT MDOP ADJT'],
  ['tip-jar', undefined, undefined],
])('%s is %s when it comes in, %s when it goes out', (kind, credit, debit) => {
  const own = `<Prtry><Cd>${kind}</Cd><Issr>EWTP</Issr></Prtry>`
  for (const [direction, code] of [['credit', credit] as const, ['debit', debit] as const]) {
    const [domain, family, subFamily] = code?.split(' ') ?? []
    const inner = `<Cd>${family}</Cd><SubFmlyCd>${subFamily}</SubFmlyCd>`
    const iso = code ? `<Domn><Cd>${domain}</Cd><Fmly>${inner}</Fmly></Domn>` : ''
    expect(bankCode(kind, direction)).toBe(`${iso}${own}`)
  }
})
