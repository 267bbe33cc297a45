// Whether an offer can be sold: into which destinations today, and what is missing for the others. Pure.
import { measureWord } from '../tariff/index.ts'
import { activeVariants, onHandOf, type Offer, type Variant } from './offer.ts'
import { isPriced, missingFacts, type DoorPrice, type OfferFact } from './price-at-door.ts'

/** What the seller has to give or cannot change; `field` is where, on the page of the offer. */
export type Missing = {
  readonly code: MissingCode
  readonly field: string
  /** What the tariff asks for: a unit, a fact, the lines to choose from. */
  readonly facts: Readonly<Record<string, unknown>>
}

export type MissingCode =
  | OfferFact
  | 'title'
  | 'stock'
  | 'seller-blocked'
  | 'ship-from'
  | 'no-lane'
  | 'national-line'
  | 'measure'
  | 'fact'
  | 'registration'
  | 'no-rate'
  | 'prohibited'
  | 'no-border'
  | 'no-law'

export type DestinationState = {
  readonly destination: string
  /** `ready`: there is an all-in price. `missing`: the seller can do something. `shut`: only others can. */
  readonly state: 'ready' | 'missing' | 'shut'
  readonly needs: readonly Missing[]
  readonly price: DoorPrice
}

export type Readiness = {
  /** Export-ready for at least one destination, with all facts and something to sell. */
  readonly exportReady: boolean
  /** Facts that no destination can do without. */
  readonly needs: readonly Missing[]
  readonly destinations: readonly DestinationState[]
}

/** Who sells, as far as it decides. */
export type Seller = {
  /** Country from which the goods leave; null where nobody knows. */
  readonly from: string | null
  /** False while the business has given no ship-from address; `from` is then taken to be its own country. */
  readonly hasAddress?: boolean | undefined
  readonly blocked: boolean
}

/** The one variant whose price stands for the offer: the first that has all facts, else the first. */
export function leadVariant(offer: Offer): Variant | undefined {
  const active = activeVariants(offer)
  return active.find((variant) => missingFacts(offer, variant).length === 0) ?? active[0]
}

/**
 * `prices` are those of the lead variant everywhere. Where no customs border lies between, a lane makes a destination ready;
 * the own country does not make goods ready for export.
 */
export function readiness(offer: Offer, seller: Seller, prices: readonly DoorPrice[]): Readiness {
  const needs = offerNeeds(offer, seller)
  const destinations = prices.map(destinationState)
  const anyReady = destinations.some(
    ({ state, destination }) => state === 'ready' && destination !== seller.from,
  )
  return { exportReady: needs.length === 0 && anyReady, needs, destinations }
}

function offerNeeds(offer: Offer, { from, hasAddress, blocked }: Seller): Missing[] {
  const variants = activeVariants(offer)
  const ofVariants = (['mass', 'price'] as const).flatMap((code) => {
    const at = variants.findIndex((variant) => missingFacts(offer, variant).includes(code))
    return at < 0 ? [] : [missing(code, `${code}-${at + 1}`)]
  })
  return [
    ...(offer.texts.some(({ locale, title }) => locale === offer.mainLocale && title !== '')
      ? []
      : [missing('title', 'title')]),
    ...(offer.subheading ? [] : [missing('subheading', 'subheading')]),
    ...(offer.origin ? [] : [missing('origin', 'origin')]),
    ...ofVariants,
    ...(onHandOf(offer) > 0n ? [] : [missing('stock', 'stock-1')]),
    ...(from === null || hasAddress === false ? [missing('ship-from', 'ship-from')] : []),
    ...(blocked ? [missing('seller-blocked', 'seller-blocked')] : []),
  ]
}

const missing = (code: MissingCode, field: string, facts: Missing['facts'] = {}): Missing => ({
  code,
  field,
  facts,
})

function destinationState(price: DoorPrice): DestinationState {
  const { destination } = price
  const within = price.status === 'no-border' && price.total !== null
  if (within || isPriced(price)) return { destination, state: 'ready', needs: [], price }
  const needs = destinationNeeds(price)
  const canDo = needs.length > 0 && needs.every(({ code }) => !hopeless.has(code))
  return { destination, state: canDo ? 'missing' : 'shut', needs, price }
}

/** Nothing the seller fills in changes these. */
const hopeless: ReadonlySet<MissingCode> = new Set([
  'no-lane',
  'no-rate',
  'prohibited',
  'no-border',
  'no-law',
  'registration',
])

function destinationNeeds({ destination, status, answer, missing: facts }: DoorPrice): Missing[] {
  if (status === 'incomplete')
    return facts.map((code) =>
      missing(code, code === 'mass' || code === 'price' ? `${code}-1` : code),
    )
  if (
    status === 'no-lane' ||
    status === 'prohibited' ||
    status === 'no-border' ||
    status === 'no-law' ||
    status === 'no-rate'
  )
    return [missing(status, destination)]
  const asked = [
    ...(answer?.reasons ?? []),
    ...(answer?.lines ?? []).flatMap(({ reasons }) => reasons),
  ]
  const needs = asked.flatMap((reason) => {
    const { code, status: _, ...more } = reason
    if (code === 'which-line') return [missing('national-line', `national-${destination}`, more)]
    if (code === 'missing-quantity') return [measureNeed(String(more['unit'] ?? ''))]
    if (code === 'missing-fact') return [missing('fact', `fact-${String(more['fact'])}`, more)]
    if (code === 'no-open-route') return [missing('registration', destination, more)]
    return []
  })
  return needs.length > 0
    ? needs
    : [
        missing('no-rate', destination, {
          reasons: asked.map(({ code }) => code),
          code: answer?.lines[0]?.code,
        }),
      ]
}

function measureNeed(unit: string): Missing {
  const key = measureWord(unit)
  return key === 'mass'
    ? missing('mass', 'mass-1', { unit })
    : missing('measure', `measure-${key}`, { unit, key })
}
