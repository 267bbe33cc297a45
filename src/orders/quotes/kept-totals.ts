// The totals of an answer, as a quote keeps them: its legs say most of them already. Pure.
import { formatMinor } from '../../basis/money.ts'
import type { EscrowLeg } from '../../ledger/index.ts'
import type { Answer } from '../../tariff/index.ts'
import type { QuoteBody } from './quote.ts'

type Totals = Answer['totals']
/** Whole where the legs say something else: within a border. */
type KeptTotals = Totals | Pick<Totals, 'collectedAtSale' | 'dueAtDoor'>
type Said = Pick<QuoteBody, 'legs' | 'currency' | 'total' | 'exchange'>

export function keepTotals(totals: Totals, said: Said): KeptTotals {
  const { collectedAtSale, dueAtDoor } = totals
  const kept = { collectedAtSale, dueAtDoor }
  return JSON.stringify(wholeTotals(kept, said)) === JSON.stringify(totals) ? kept : totals
}

/** The totals as they were, byte for byte. */
export function wholeTotals(kept: KeptTotals, said: Said): Totals {
  if ('goods' in kept) return kept
  const { legs, currency, total, exchange } = said
  const more = { goods: BigInt(exchange?.goods ?? 0), freight: BigInt(exchange?.freight ?? 0) }
  const minorOf = (wanted: EscrowLeg): string => {
    const amount = BigInt(legs.find(({ leg }) => leg === wanted)?.amount ?? 0)
    const beyond = wanted === 'goods' || wanted === 'freight' ? more[wanted] : 0n
    return formatMinor(amount - beyond, currency)
  }
  return {
    goods: minorOf('goods'),
    freight: minorOf('freight'),
    insurance: minorOf('insurance'),
    duty: minorOf('duty'),
    tax: minorOf('tax'),
    fees: minorOf('fee'),
    landed: formatMinor(BigInt(total) - more.goods - more.freight, currency),
    collectedAtSale: kept.collectedAtSale,
    dueAtDoor: kept.dueAtDoor,
  }
}
