// Makes quotes: what somebody wants to buy, by seller and currency, is checked, priced at their door, signed and kept. What
// cannot be sold is refused by name; the rest is quoted all the same.
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { findOffers, findSoldThere } from '../../catalogue/index.ts'
import { peerAccount, walletAccount } from '../../ledger/index.ts'
import { countTries, findProfile, ownAmong, type Limit, type Profile } from '../../parties/index.ts'
import { rulesDigest } from '../../tariff/index.ts'
import type { OrderParts } from '../parts.ts'
import {
  checkGroup,
  groupLines,
  offerKey,
  sellerKey,
  type Group,
  type Offers,
  type WantedLine,
} from './group-lines.ts'
import { keepQuotes, type NewQuote } from './keep-quotes.ts'
import { plan, priceWithAllowance, type Planned } from './price-with-allowance.ts'
import { quoteBody } from './quote-body.ts'
import type { StoredQuote } from './quote.ts'
import { isKnown, noPrice } from './refuse-price.ts'
import { signQuote } from './sign-quote.ts'
import { splitPrice } from './split-price.ts'

export type AskQuotes = {
  /** The person. */
  readonly buyer: string
  /** ISO 3166. */
  readonly destination: string
  readonly lines: readonly WantedLine[]
}

/** What became of the goods of one seller in one currency: a quote, or why there is none. */
export type QuoteOutcome = Group & ({ readonly quote: StoredQuote } | Refused)

/** So many askings of one person at once, then one more a minute: each is worked out anew and kept for ever. */
export const quoteLimit: Limit = { name: 'quotes/person', tries: 60, each: 60_000 }

/**
 * Quotes for what a person wants to buy, one for each seller and currency, in the order in which they are first named.
 * Refused, in this order: `too-many-quotes` (wait: seconds), `own-goods` (the buyer's own business), what checkGroup refuses, `no-price` (status, reasons).
 */
export async function makeQuotes(parts: OrderParts, ask: AskQuotes): Promise<QuoteOutcome[]> {
  if (ask.lines.length === 0) return []
  const over = await countAsking(parts, ask.buyer)
  if (over) return groupLines(ask.lines, new Map()).map((group) => ({ ...group, ...over }))
  const known = await load(parts, ask)
  const made: { readonly group: Group; readonly result: NewQuote | Refused }[] = []
  const planned: Planned = new Map()
  // One after the other: what the first would use of a yearly allowance, the next cannot.
  for (const group of groupLines(ask.lines, known.offers))
    made.push({ group, result: await makeOne(parts, ask, known, group, planned) })
  await keepQuotes(
    parts,
    made.flatMap(({ result }) => (isRefused(result) ? [] : [result])),
  )
  return made.map(({ group, result }) =>
    isRefused(result)
      ? { ...group, ...result }
      : { ...group, quote: { body: result.body, digest: result.signed.digest } },
  )
}

/** Refused who has asked too often; what was counted in vain is given back, so that waiting helps. */
async function countAsking({ db, now }: OrderParts, buyer: string): Promise<Refused | undefined> {
  const at = now()
  const wholeAt = await countTries(db.kysely, quoteLimit, buyer, 1, at)
  const over = wholeAt - at - quoteLimit.tries * quoteLimit.each
  if (over <= 0) return undefined
  await countTries(db.kysely, quoteLimit, buyer, -1, at)
  return refused('too-many-quotes', { wait: Math.ceil(over / 1000) })
}

type Known = {
  readonly offers: Offers
  /** By `sellerKey`. */
  readonly sellers: ReadonlyMap<string, Profile>
  /** Businesses of the buyer: nobody sells to themselves. */
  readonly own: ReadonlySet<string>
  readonly rules: () => string
}

async function load({ db, hub, tariff }: OrderParts, ask: AskQuotes): Promise<Known> {
  const wanted = [...new Map(ask.lines.map((line) => [offerKey(line), line])).values()]
  const owners = [...new Map(wanted.map((line) => [sellerKey(line), line])).values()]
  const [offers, sellers, own] = await Promise.all([
    findOffers(
      db.kysely,
      wanted.map(({ sellerHub, sellerId, offerId }) => ({
        ...{ homeHub: sellerHub, businessId: sellerId, offerId },
      })),
    ),
    Promise.all(
      owners.map(({ sellerHub, sellerId }) => findProfile(db.kysely, sellerHub, sellerId)),
    ),
    ownAmong(
      db.kysely,
      hub.id,
      ask.buyer,
      owners.map(({ sellerId }) => sellerId),
    ),
  ])
  let digest: string | undefined
  return {
    offers: new Map(
      offers.map((offer) => {
        const { homeHub: sellerHub, businessId: sellerId, offerId } = offer
        return [offerKey({ sellerHub, sellerId, offerId }), offer]
      }),
    ),
    sellers: new Map(
      sellers.flatMap((seller) =>
        seller ? [[sellerKey({ sellerHub: seller.homeHub, sellerId: seller.id }), seller]] : [],
      ),
    ),
    own,
    rules: () => (digest ??= rulesDigest(tariff(), ask.destination)),
  }
}

/** A seller of this hub has a wallet; another hub pays its own seller and settles with this one. */
const accountOf =
  (hub: string, { homeHub, id }: Profile) =>
  (currency: string): string =>
    homeHub === hub
      ? walletAccount({ kind: 'business', id }, currency)
      : peerAccount(homeHub, currency)

async function makeOne(
  parts: OrderParts,
  { buyer, destination }: AskQuotes,
  known: Known,
  group: Group,
  planned: Planned,
): Promise<NewQuote | Refused> {
  const owner = { homeHub: group.seller.hub, businessId: group.seller.id }
  const offerIds = group.lines.map(({ offerId }) => offerId)
  const seller = known.sellers.get(`${group.seller.hub} ${group.seller.id}`)
  if (!seller) return refused('offer-gone', { offer: offerIds[0] ?? '' })
  if (group.seller.hub === parts.hub.id && known.own.has(group.seller.id))
    return refused('own-goods')
  const soldThere = await findSoldThere(parts.db.kysely, owner, offerIds, destination)
  const lines = checkGroup(group, known.offers, seller, soldThere)
  if (isRefused(lines)) return lines
  const [now, day] = [parts.now(), parts.today()]
  const from = seller.shipFrom?.country ?? seller.country
  const journey = { from, destination, day, schemes: parts.schemes }
  const priced = await priceWithAllowance(parts, lines, journey, { buyer, planned })
  if (isRefused(priced)) return priced
  const { price, allowance } = priced
  if (!isKnown(price)) return noPrice(price)
  const legs = splitPrice(price, lines, accountOf(parts.hub.id, seller))
  if (!legs) return refused('no-price', { status: price.status, reasons: ['amount-too-small'] })
  plan(planned, allowance)
  const id = uuidv7(now, parts.random)
  const about = { id, hub: parts.hub.id, buyer, seller, now, day, lines, legs, price, allowance }
  const { body, texts } = quoteBody({ ...about, rules: known.rules() })
  return { body, signed: signQuote(parts.keys, body), texts }
}
