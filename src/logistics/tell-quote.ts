import { formatMinor } from '../basis/money.ts'
import type { LaneQuote } from './price-lane.ts'

/** A quote for programs: amounts as exact decimals of the quote's currency, masses in grams. */
export function tellQuote(quote: LaneQuote) {
  const { currency } = quote
  const amount = (minor: bigint): string => formatMinor(minor, currency)
  const charged = (all: LaneQuote['surcharges']) =>
    all.map(({ code, name, amountMinor, source }) => ({
      code,
      name,
      amount: amount(amountMinor),
      source,
    }))
  return {
    lane: quote.lane,
    carrier: quote.carrier,
    service: quote.service,
    transport: quote.transport,
    currency,
    amount: amount(quote.amountMinor),
    freight: amount(quote.freightMinor),
    surcharges: charged(quote.surcharges),
    possible: quote.possible,
    parcels: quote.parcels.map((parcel) => ({
      massG: parcel.massG,
      ...(parcel.volumetricG === undefined ? {} : { volumetricG: parcel.volumetricG }),
      chargeableG: parcel.chargeableG,
      freight: amount(parcel.freightMinor),
      surcharges: charged(parcel.surcharges),
      amount: amount(parcel.amountMinor),
    })),
    days: quote.days,
    dutyPaid: quote.dutyPaid,
    tracking: quote.tracking,
    byMassOnly: quote.byMassOnly,
    unchecked: quote.unchecked,
    source: quote.source,
  }
}
