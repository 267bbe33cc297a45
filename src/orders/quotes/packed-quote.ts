// A quote as it is written into its payload: what can be told from the rest is left out, so that it stays small for ever. Both
// ways are version 1 of its form and stay as they are. Pure.
import type { QuoteBody, QuoteLeg, QuoteLine } from './quote.ts'

/** The wallet of the seller, whose id stands in the quote already. */
const shortWallet = 'seller:'
const walletOf = (seller: string): string => `wallet:business:${seller}:`

/** Members that are left out where they say what is usual. */
export function packQuote(body: QuoteBody): object {
  const { seller, lines, legs, except, ...rest } = body
  const { hub, identifiers, address, ...who } = seller
  return {
    ...body,
    seller: {
      ...(hub === rest.hub ? {} : { hub }),
      ...who,
      ...(address.length > 0 ? { address } : {}),
      ...(identifiers.length > 0 ? { identifiers } : {}),
    },
    lines: lines.map(({ options, sku, origin, ...line }) => ({
      ...line,
      ...(options === '' ? {} : { options }),
      ...(sku === null ? {} : { sku }),
      ...(origin === seller.country ? {} : { origin }),
    })),
    legs: legs.map((leg) => ({ ...leg, to: shortened(leg.to, seller.id) })),
    // JSON leaves it out.
    except: except.length > 0 ? except : undefined,
  }
}

/** The quote again. What was written whole is read as well. */
export function unpackQuote(packed: object): QuoteBody {
  const { seller, lines, legs, except, ...rest } = packed as Packed
  const who = { ...seller, hub: seller.hub ?? rest.hub }
  return {
    ...rest,
    seller: { ...who, address: who.address ?? [], identifiers: who.identifiers ?? [] },
    lines: lines.map((line) => ({
      ...line,
      ...{ options: line.options ?? '', sku: line.sku ?? null },
      origin: line.origin ?? seller.country,
    })),
    legs: legs.map((leg) => ({ ...leg, to: lengthened(leg.to, seller.id) })),
    except: except ?? [],
  }
}

type Packed = Omit<QuoteBody, 'seller' | 'lines' | 'except'> & {
  readonly seller: Omit<QuoteBody['seller'], 'hub' | 'address' | 'identifiers'> &
    Partial<QuoteBody['seller']>
  readonly lines: readonly (Omit<QuoteLine, 'options' | 'sku' | 'origin'> & Partial<QuoteLine>)[]
  readonly legs: readonly QuoteLeg[]
  readonly except?: readonly string[]
}

const shortened = (account: string, seller: string): string =>
  account.startsWith(walletOf(seller))
    ? shortWallet + account.slice(walletOf(seller).length)
    : account

const lengthened = (account: string, seller: string): string =>
  account.startsWith(shortWallet) ? walletOf(seller) + account.slice(shortWallet.length) : account
