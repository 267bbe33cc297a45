// The totals of an answer, as a quote keeps them: its legs say most of them already. Pure.
import { formatMinor } from '../../basis/money.ts'
import type { EscrowLeg } from '../../ledger/index.ts'
import type { Answer } from '../../tariff/index.ts'
import type { QuoteBody } from './quote.ts'

type Totals = Answer['totals']
/** Whole where the legs say something else: within a border. */
type KeptTotals = Totals | Pick<Totals, 'collectedAtSale' | 'dueAtDoor'>
type Said = Pick<QuoteBody, 'legs' | 'currency' | 'total'>

export function keepTotals(totals: Totals, said: Said): KeptTotals {
  const { collectedAtSale, dueAtDoor } = totals
  const kept = { collectedAtSale, dueAtDoor }
  return JSON.stringify(wholeTotals(kept, said)) === JSON.stringify(totals) ? kept : totals
}

/** The totals as they were, byte for byte. */
export function wholeTotals(kept: KeptTotals, { legs, currency, total }: Said): Totals {
  if ('goods' in kept) return kept
  const minorOf = (wanted: EscrowLeg): string =>
    formatMinor(BigInt(legs.find(({ leg }) => leg === wanted)?.amount ?? 0), currency)
  return {
    goods: minorOf('goods'),
    freight: minorOf('freight'),
    insurance: minorOf('insurance'),
    duty: minorOf('duty'),
    tax: minorOf('tax'),
    fees: minorOf('fee'),
    landed: formatMinor(BigInt(total), currency),
    collectedAtSale: kept.collectedAtSale,
    dueAtDoor: kept.dueAtDoor,
  }
}
