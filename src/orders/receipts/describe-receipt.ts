// A receipt in a reader's words, line by line: what the page and the PDF both show, so that neither says more.
import { formatTariffCode } from '../../basis/hs.ts'
import { formatMinor } from '../../basis/money.ts'
import type { Language } from '../../ui/index.ts'
import { cleanReceipt } from './clean-receipt.ts'
import { addUp, type Receipt, type ReceiptCharge, type ReceiptParty } from './receipt.ts'

export type Sheet = {
  title: string
  facts: readonly { term: string; detail: string }[]
  parties: readonly { role: string; name: string; lines: readonly string[] }[]
  goods: SheetTable
  charges: SheetTable
  totals: { caption: string; rows: readonly { label: string; amount: string }[]; total: Labelled }
  payments: SheetTable
  notes: readonly string[]
}

type Labelled = { label: string; amount: string }

/** The first column is text, and carries notes and a source; the others stand at the end of their column. */
export type SheetTable = {
  caption: string
  heads: readonly string[]
  rows: readonly SheetRow[]
}

export type SheetRow = {
  name: string
  notes: readonly string[]
  source?: { words: string; url: string } | undefined
  cells: readonly string[]
}

/** Expects a receipt that `checkReceipt` has nothing against. */
export function describeReceipt(given: Receipt, language: Language): Sheet {
  const { t } = language
  const receipt = cleanReceipt(given)
  const { corrects, number, seller, buyer } = receipt
  return {
    title: t(corrects ? 'receipts.refundTitle' : 'receipts.title', { number }),
    facts: factsOf(receipt, language),
    parties: [
      { role: t('receipts.seller'), name: seller.name, lines: partyLines(seller, language) },
      { role: t('receipts.buyer'), name: buyer.name, lines: partyLines(buyer, language) },
    ],
    goods: goodsOf(receipt, language),
    charges: chargesOf(receipt, language),
    totals: totalsOf(receipt, language),
    payments: paymentsOf(receipt, language),
    notes: notesOf(receipt, language),
  }
}

function factsOf(receipt: Receipt, language: Language): Sheet['facts'] {
  const { t } = language
  const { issued, order, corrects, shipTo, lawOn } = receipt
  const corrected = corrects && {
    term: t('receipts.corrects'),
    detail: t('receipts.correctsReceipt', {
      number: corrects.number,
      day: language.date(dayOf(corrects.issued)),
    }),
  }
  return [
    { term: t('receipts.issued'), detail: timeText(issued, language) },
    { term: t('receipts.order'), detail: order },
    ...(corrected ? [corrected] : []),
    { term: t('receipts.shipTo'), detail: language.country(shipTo) },
    { term: t('receipts.lawOn'), detail: language.date(lawOn) },
  ]
}

/** The day in UTC on which an instant lies. */
export const dayOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10)

const timeText = (instant: number, language: Language): string =>
  language.t('receipts.utc', { time: language.dateTime(new Date(instant), 'UTC') })

const partyLines = (
  { address, country, identifiers }: ReceiptParty,
  language: Language,
): readonly string[] => [
  ...address,
  language.country(country),
  ...identifiers.map(({ scheme, value }) => `${schemeName(scheme)} ${value}`),
]

/** Registers are known by their letters: `vat-fr` is VAT. */
export const schemeName = (scheme: string): string =>
  scheme.replace(/^(vat|tin)-[a-z]{2}$/, '$1').toUpperCase()

function goodsOf({ lines, currency }: Receipt, language: Language): SheetTable {
  const { t } = language
  return {
    caption: t('receipts.goods'),
    heads: [
      t('receipts.goods'),
      t('receipts.quantity'),
      t('receipts.unitPrice', { currency }),
      t('receipts.amount', { currency }),
    ],
    rows: lines.map((line) => ({
      name: line.description,
      notes: [
        t('receipts.goodsNote', {
          code: formatTariffCode(line.subheading),
          country: language.country(line.origin),
        }),
      ],
      cells: [
        quantityText(line.quantity, line.unit, language),
        language.number(unsigned(line.unitPrice)),
        language.number(formatMinor(line.amountMinor, currency)),
      ],
    })),
  }
}

/** The decimals of our own tables may begin with a plus. */
const unsigned = (decimal: string): string => decimal.replace(/^\+/, '')

/** The signs of SI are the same in every language; pieces need none, and other units keep their code. */
const unitSigns: Readonly<Record<string, string>> = {
  ...{ C62: '', EA: '', H87: '' },
  ...{ KGM: 'kg', GRM: 'g', MTR: 'm', CMT: 'cm', MTK: 'm²', LTR: 'l', MLT: 'ml' },
}

const quantityText = (quantity: string, unit: string, language: Language): string =>
  `${language.number(unsigned(quantity))} ${unitSigns[unit] ?? unit}`.trim()

function chargesOf(receipt: Receipt, language: Language): SheetTable {
  const { t } = language
  const { charges, currency } = receipt
  return {
    caption: t('receipts.charges'),
    heads: [
      t('receipts.charge'),
      t('receipts.rate'),
      t('receipts.basis', { currency }),
      t('receipts.amount', { currency }),
    ],
    rows: charges.map((charge) => ({
      name: t('ui.pair', { name: t(`receipts.kind.${charge.kind}`), value: charge.name }),
      notes: chargeNotes(charge, receipt, language),
      source: sourceOf(charge, language),
      cells: [
        charge.rate,
        !charge.rate.includes('%') ? '' : language.number(formatMinor(charge.basisMinor, currency)),
        language.number(formatMinor(charge.amountMinor, currency)),
      ],
    })),
  }
}

function chargeNotes(
  { line, kind, collected }: ReceiptCharge,
  receipt: Receipt,
  language: Language,
) {
  const { t } = language
  const goods = receipt.lines.find(({ id }) => id === line)?.description
  const of = goods ? t('receipts.ofLine', { goods }) : t('receipts.ofConsignment')
  const isOfLaw = kind !== 'freight' && kind !== 'insurance'
  return isOfLaw ? [of, t(`receipts.collected.${collected}`)] : [of]
}

function sourceOf({ citation }: ReceiptCharge, { t, date }: Language): SheetRow['source'] {
  if (!citation) return undefined
  const { title, url, read } = citation
  const words = t('receipts.source', { title })
  return { words: read ? `${words}, ${t('receipts.sourceRead', { day: date(read) })}` : words, url }
}

function totalsOf(receipt: Receipt, language: Language): Sheet['totals'] {
  const { t } = language
  const { currency, corrects } = receipt
  const { total, ...parts } = addUp(receipt)
  const text = (minor: bigint) => formatMinor(minor, currency)
  return {
    caption: t('receipts.totals'),
    rows: Object.entries(parts)
      .filter(([name, minor]) => name === 'goods' || minor !== 0n)
      .map(([name, minor]) => ({
        label: t(`receipts.total.${name as keyof typeof parts}`),
        amount: text(minor),
      })),
    total: { label: t(corrects ? 'receipts.total.refund' : 'ui.total'), amount: text(total) },
  }
}

function paymentsOf({ paid, corrects, currency }: Receipt, language: Language): SheetTable {
  const { t } = language
  return {
    caption: t(corrects ? 'receipts.refunds' : 'receipts.payments'),
    heads: [t('receipts.paidBy'), t('receipts.paidAt'), t('receipts.amount', { currency })],
    rows: paid.map(({ at, by, amountMinor }) => ({
      name: by,
      notes: [],
      cells: [timeText(at, language), language.number(formatMinor(amountMinor, currency))],
    })),
  }
}

function notesOf(receipt: Receipt, language: Language): string[] {
  const { paid, refundedMinor, currency, totals } = receipt
  const amount = language.money(formatMinor(refundedMinor, currency), currency)
  return [
    ...(paid.length === 0 && totals.total > 0n ? [language.t('receipts.unpaid')] : []),
    ...(refundedMinor > 0n ? [language.t('receipts.refunded', { amount })] : []),
  ]
}
