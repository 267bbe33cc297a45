// What a lane and the tariff are asked about goods that go together.
import { formatMinor } from '../basis/money.ts'
import { toDecimal } from '../basis/ratio.ts'
import type { Load, LaneQuote } from '../logistics/index.ts'
import type { BasketJson } from '../tariff/index.ts'
import type { Offer, Variant } from './offer.ts'
import type { DoorLine, Journey } from './price-at-door.ts'

/** What carriers weigh: packed if known, else bare. */
export const massOf = ({ grossMassG, netMassG }: Variant): number | undefined =>
  grossMassG ?? netMassG ?? undefined

/** What a lane carries. At least one line. */
export function loadOf(lines: readonly DoorLine[]): Load {
  const [{ offer }] = lines as readonly [DoorLine]
  return {
    items: lines.map(({ variant, quantity }) => ({
      quantity,
      massG: massOf(variant) ?? 0,
      ...(variant.lengthMm && variant.widthMm && variant.heightMm
        ? { lengthMm: variant.lengthMm, widthMm: variant.widthMm, heightMm: variant.heightMm }
        : {}),
    })),
    codes: [...new Set(lines.flatMap((line) => line.offer.subheading ?? []))],
    value: { minor: goodsMinor(lines), currency: offer.currency },
  }
}

export const goodsMinor = (lines: readonly DoorLine[]): bigint =>
  lines.reduce((sum, { variant, quantity }) => sum + variant.priceMinor * BigInt(quantity), 0n)

/** The basket that the tariff is asked about, carried by one lane; lines are numbered from 1. */
export function basketOf(
  lines: readonly DoorLine[],
  { from, schemes, facts }: Omit<Journey, 'day'>,
  lane: Pick<LaneQuote, 'transport' | 'dutyPaid' | 'amountMinor' | 'currency'>,
  codeOf: (offer: Offer) => string | undefined,
): BasketJson {
  return {
    from,
    transport: lane.transport,
    consignee: 'consumer',
    incoterm: lane.dutyPaid ? 'DDP' : 'DAP',
    freight: { amount: formatMinor(lane.amountMinor, lane.currency), currency: lane.currency },
    ...(schemes === undefined ? {} : { schemes: [...schemes] }),
    ...(facts === undefined ? {} : { facts: { ...facts } }),
    hs: '2022',
    lines: lines.map((line, index) => basketLine(line, String(index + 1), codeOf(line.offer))),
  }
}

function basketLine(
  { offer, variant, quantity }: DoorLine,
  id: string,
  codeOf: string | undefined,
): BasketJson['lines'][number] {
  const national = codeOf === undefined ? undefined : offer.nationalCodes[codeOf]
  const massG = variant.netMassG ?? variant.grossMassG
  return {
    id,
    description: titleOf(offer),
    code: national ?? offer.subheading ?? '',
    ...(national === undefined ? {} : { codeOf: codeOf as string }),
    origin: offer.origin ?? '',
    quantity: String(quantity),
    unitPrice: {
      amount: formatMinor(variant.priceMinor, offer.currency),
      currency: offer.currency,
    },
    ...(massG === null ? {} : { netMassKg: kilograms(BigInt(massG) * BigInt(quantity)) }),
    measures: { ...offer.measures },
    facts: { ...offer.facts },
    proofs: [...offer.proofs],
  }
}

const kilograms = (grams: bigint): string => toDecimal({ n: grams, d: 1000n })

const titleOf = ({ texts, mainLocale }: Offer): string =>
  (texts.find(({ locale }) => locale === mainLocale) ?? texts[0])?.title.slice(0, 200) ?? ''
