// The basket that the tariff was asked about, as a quote keeps it: only what its lines and its lane do not say already.
// Both ways are version 1 of the quote's form and stay as they are, whatever the catalogue asks one day. Pure.
import { formatMinor } from '../../basis/money.ts'
import { currencyOf } from '../../ledger/index.ts'
import type { BasketJson } from '../../tariff/index.ts'
import type { QuoteBody, QuoteLine } from './quote.ts'

type BasketLine = BasketJson['lines'][number]
type Amount = NonNullable<BasketJson['freight']>

/** The rest of a basket; what is left out is as the quote says it, or empty. */
export type KeptBasket = {
  readonly from?: string
  readonly freight?: Amount
  readonly schemes?: readonly string[]
  readonly facts?: NonNullable<BasketJson['facts']>
  readonly lines: readonly KeptLine[]
}
type KeptLine = Partial<
  Pick<BasketLine, 'code' | 'codeOf' | 'netMassKg' | 'measures' | 'facts' | 'proofs'>
>

type Said = Pick<QuoteBody, 'seller' | 'lines' | 'lane' | 'legs'>

/** Throws for a basket that could not be put together again: then the catalogue asks what this form does not hold. */
export function keepBasket(basket: BasketJson, said: Said): KeptBasket {
  const { from, freight, schemes, facts } = basket
  const kept = {
    ...(from === said.seller.country ? {} : { from: from as string }),
    ...(isSame(freight, freightOf(said)) ? {} : { freight: freight as Amount }),
    ...(schemes ? { schemes } : {}),
    ...(facts ? { facts } : {}),
    lines: basket.lines.map((line, index) => keepLine(line, said.lines[index])),
  }
  if (!isSame(wholeBasket({ ...said, basket: kept }), basket))
    throw new RangeError(`a quote cannot keep this basket: ${JSON.stringify(basket)}`)
  return kept
}

/** The basket as it was asked about, byte for byte. */
export function wholeBasket(quote: Said & { readonly basket: unknown }): BasketJson {
  const { seller, lane, lines, basket } = quote
  const { from, freight, schemes, facts, lines: kept } = basket as KeptBasket
  return {
    from: from ?? seller.country,
    transport: lane.transport as NonNullable<BasketJson['transport']>,
    consignee: 'consumer',
    incoterm: lane.dutyPaid ? 'DDP' : 'DAP',
    freight: freight ?? (freightOf(quote) as Amount),
    ...(schemes ? { schemes: [...schemes] } : {}),
    ...(facts ? { facts: { ...facts } } : {}),
    hs: '2022',
    lines: lines.map((line, index) => wholeLine(line, kept[index], index)),
  }
}

/** What the carrier gets. */
function freightOf({ legs }: Said): Amount | undefined {
  const found = legs.find(({ leg }) => leg === 'freight')
  if (!found) return undefined
  const currency = currencyOf(found.to)
  return { amount: formatMinor(BigInt(found.as ?? found.amount), currency), currency }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

function keepLine(
  { code, codeOf, netMassKg, measures, facts, proofs }: BasketLine,
  said: QuoteLine | undefined,
): KeptLine {
  return {
    ...(code === said?.subheading ? {} : { code }),
    ...(codeOf === undefined ? {} : { codeOf }),
    ...(netMassKg === undefined ? {} : { netMassKg }),
    ...(measures && Object.keys(measures).length > 0 ? { measures } : {}),
    ...(facts && Object.keys(facts).length > 0 ? { facts } : {}),
    ...(proofs && proofs.length > 0 ? { proofs } : {}),
  }
}

const wholeLine = (
  { title, subheading, origin, quantity, price, priceCurrency }: QuoteLine,
  kept: KeptLine | undefined,
  index: number,
): BasketLine => ({
  id: String(index + 1),
  description: title.slice(0, 200),
  code: kept?.code ?? subheading,
  ...(kept?.codeOf === undefined ? {} : { codeOf: kept.codeOf }),
  origin,
  quantity: String(quantity),
  unitPrice: { amount: formatMinor(BigInt(price), priceCurrency), currency: priceCurrency },
  ...(kept?.netMassKg === undefined ? {} : { netMassKg: kept.netMassKg }),
  measures: { ...kept?.measures },
  facts: { ...kept?.facts },
  proofs: [...(kept?.proofs ?? [])],
})
