// The payload of a quote, member by member in the order in which it is signed. Pure.
import type { Day } from '../../basis/day.ts'
import { optionsText, type DoorLine } from '../../catalogue/index.ts'
import { addressLines, type Profile } from '../../parties/index.ts'
import { keepBasket } from './kept-basket.ts'
import { takeTexts, type Texts } from './kept-texts.ts'
import { keepTotals } from './kept-totals.ts'
import {
  quoteHoldsMs,
  ratesHold,
  type QuoteAllowance,
  type QuoteBody,
  type QuoteExchange,
  type QuoteLane,
  type QuoteLeg,
  type QuoteLine,
  type QuoteSeller,
} from './quote.ts'
import type { KnownPrice } from './split-price.ts'

export type QuoteFacts = {
  readonly id: string
  readonly hub: string
  readonly buyer: string
  readonly seller: Profile
  readonly now: number
  readonly day: Day
  readonly lines: readonly DoorLine[]
  readonly legs: readonly QuoteLeg[]
  readonly price: KnownPrice
  readonly allowance: QuoteAllowance | undefined
  readonly rules: string
}

/** The payload, and the texts that its answer leaves out. */
export function quoteBody(facts: QuoteFacts): { body: QuoteBody; texts: Texts } {
  const { price, legs, allowance, now } = facts
  const exchange = exchangeOf(price)
  const said = {
    ...(exchange ? { exchange } : {}),
    currency: price.total.currency,
    total: String(legs.reduce((sum, { amount }) => sum + BigInt(amount), 0n)),
    seller: sellerOf(facts.seller),
    lines: facts.lines.map(lineOf),
    lane: laneOf(price),
    legs,
  }
  const totals = keepTotals(price.answer.totals, said)
  const { answer, texts } = takeTexts({ ...price.answer, totals })
  const rates = takeTexts(price.exchange?.rates)
  const body: QuoteBody = {
    v: 1,
    id: facts.id,
    hub: facts.hub,
    buyer: facts.buyer,
    seller: said.seller,
    destination: price.destination,
    currency: said.currency,
    total: said.total,
    made: now,
    expires: now + quoteHoldsMs,
    on: facts.day,
    lines: said.lines,
    legs,
    lane: said.lane,
    status: price.status,
    except: price.answer.notCovered,
    rules: facts.rules,
    ...(allowance ? { allowance } : {}),
    ratesUntil: now + ratesHold(said.lane),
    ...(exchange ? { exchange: { ...exchange, rates: rates.answer } } : {}),
    basket: keepBasket(price.basket, said),
    answer,
  }
  return { body, texts: new Map([...texts, ...rates.texts]) }
}

const exchangeOf = ({ exchange }: KnownPrice): QuoteExchange | undefined =>
  exchange
    ? {
        goods: String(exchange.goods),
        freight: String(exchange.freight),
        spread: exchange.spreadPoints,
        rates: exchange.rates,
      }
    : undefined

const sellerOf = ({
  homeHub,
  id,
  name,
  slug,
  country,
  shipFrom,
  identifiers,
}: Profile): QuoteSeller => ({
  hub: homeHub,
  id,
  name,
  slug,
  country,
  // A seller may have told no more than the country that they send from.
  address: shipFrom?.town === undefined ? [] : addressLines(shipFrom),
  identifiers: [...identifiers]
    .map(([scheme, value]) => ({ scheme, value }))
    .toSorted((a, b) => (a.scheme < b.scheme ? -1 : 1)),
})

const lineOf = ({ offer, variant, quantity }: DoorLine): QuoteLine => ({
  offer: offer.offerId,
  slug: offer.slug,
  variant: variant.variantId,
  title:
    (offer.texts.find(({ locale }) => locale === offer.mainLocale) ?? offer.texts[0])?.title ?? '',
  options: optionsText(variant.options),
  sku: variant.sku,
  quantity,
  price: String(variant.priceMinor),
  priceCurrency: offer.currency,
  subheading: offer.subheading ?? '',
  origin: offer.origin ?? '',
})

const laneOf = ({ lane }: KnownPrice): QuoteLane => ({
  carrier: lane.lane.carrier,
  carrierName: lane.carrier,
  service: lane.lane.service,
  serviceName: lane.service,
  transport: lane.transport,
  dutyPaid: lane.dutyPaid,
  days: { min: lane.days.min, max: lane.days.max, count: lane.days.count },
})
