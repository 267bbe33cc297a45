// A quote that another hub has made and sent: signed by it, whole, and about goods of this hub. Nothing of it is believed
// before.
import { z } from 'zod'
import { isCountry } from '../../basis/country.ts'
import { isCurrency } from '../../basis/currency.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { Keys } from '../../keys/index.ts'
import { escrowLegs, peerAccount } from '../../ledger/index.ts'
import { owedForGoods } from '../life/give-money.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { verifyQuote } from '../quotes/sign-quote.ts'

/** Another hub, as far as this one has agreed with it: its id, and the keys that it has published. */
export type Peer = { readonly id: string; readonly keys: Pick<Keys, 'published' | 'verify'> }

const mostCharacters = 100_000
const text = z.string().max(1_000)
const minor = z.string().regex(/^(0|[1-9]\d{0,17})$/)
const instant = z.int().nonnegative()
const currency = z.string().refine(isCurrency)

/** The form of quotes.ts, as far as this hub reads it; what else stands in it is signed and kept as it is. */
const quoteForm = z.object({
  v: z.literal(1),
  ...{ id: z.uuid(), hub: z.uuid(), buyer: z.uuid() },
  seller: z.object({
    ...{
      hub: z.uuid(),
      id: z.uuid(),
      name: text,
      slug: text,
      country: z.string().refine(isCountry),
    },
    address: z.array(text).max(20),
    identifiers: z.array(z.object({ scheme: text, value: text })).max(20),
  }),
  destination: z.string().refine(isCountry),
  ...{ currency, total: minor, made: instant, expires: instant, ratesUntil: instant, on: text },
  lines: z
    .array(
      z.object({
        ...{ offer: z.uuid(), variant: z.uuid(), slug: text, title: text, options: text },
        ...{ sku: text.nullable(), quantity: z.int().min(1).max(999), price: minor },
        ...{ priceCurrency: currency, subheading: text, origin: text },
      }),
    )
    .min(1)
    .max(50),
  legs: z
    .array(
      z.object({
        ...{ leg: z.enum(escrowLegs), amount: minor, to: text, as: minor.optional() },
      }),
    )
    .min(1)
    .max(escrowLegs.length),
  lane: z.object({
    ...{ carrier: text, carrierName: text, service: text, serviceName: text, transport: text },
    dutyPaid: z.boolean(),
    days: z.object({ min: z.number(), max: z.number(), count: text }),
  }),
  ...{ status: text, except: z.array(text), rules: text, basket: z.unknown(), answer: z.unknown() },
})

/**
 * The quote of a compact JWS. Refused: `quote-not-signed` (not by that hub, or changed since), `quote-not-readable`,
 * `quote-of-others` (another hub's, or about goods of another hub), `goods-not-paid-here` (its money for the goods is meant
 * for somebody else than this hub).
 */
export function readQuote(hub: string, { id, keys }: Peer, jws: string): QuoteBody | Refused {
  if (jws.length > mostCharacters) return refused('quote-not-readable')
  const body = verifyQuote(keys, jws)
  if (!body) return refused('quote-not-signed')
  if (!quoteForm.safeParse(body).success) return refused('quote-not-readable')
  if (body.hub !== id || body.seller.hub !== hub) return refused('quote-of-others')
  const goods = body.legs.filter(({ leg }) => leg === 'goods')
  const [{ priceCurrency = '' } = {}] = body.lines
  if (goods.length !== 1 || goods[0]?.to !== peerAccount(hub, priceCurrency))
    return refused('goods-not-paid-here')
  return owedForGoods(body).amount > 0n ? body : refused('goods-not-paid-here')
}
