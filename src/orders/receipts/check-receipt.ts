import { isReadable } from '../../basis/clean-text.ts'
import { isCountry } from '../../basis/country.ts'
import { isCurrency, minorDigits } from '../../basis/currency.ts'
import { isDay } from '../../basis/day.ts'
import { formatMinor } from '../../basis/money.ts'
import { isDecimal, decimal, multiply, scale, subtract, ratio } from '../../basis/ratio.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { cleanReceipt } from './clean-receipt.ts'
import { addUp, chargeKinds, paidMinor, type Receipt, type ReceiptLine } from './receipt.ts'

/**
 * Whether a receipt may be given to anybody: texts that can be read, codes of their lists, and every total the sum of
 * its parts. The first fault is told with its place: `receipt-unreadable` (a text or code that is none), and
 * `receipt-does-not-add` with what is stated and what the parts come to, in decimal text.
 */
export function checkReceipt(given: Receipt): Refused | undefined {
  const receipt = cleanReceipt(given)
  return checkTexts(receipt) ?? checkLines(receipt) ?? checkCharges(receipt) ?? checkSums(receipt)
}

const unreadable = (at: string, value: string): Refused =>
  refused('receipt-unreadable', { at, value: value.slice(0, 100) })

type Check = readonly [at: string, value: string, holds: boolean]

const firstFault = (checks: readonly Check[]): Refused | undefined => {
  const fault = checks.find(([, , holds]) => !holds)
  return fault && unreadable(fault[0], fault[1])
}

const text = (at: string, value: string): Check => [at, value, isReadable(value)]
const country = (at: string, value: string): Check => [at, value, isCountry(value)]
const instant = (at: string, value: number): Check => [
  at,
  String(value),
  Number.isSafeInteger(value) && Math.abs(value) < lastInstant,
]
/** The year 10000 has no `YYYY-MM-DD`. */
const lastInstant = 253_402_300_800_000

function checkTexts(receipt: Receipt): Refused | undefined {
  const { number, issued, corrects, order, lawOn, shipTo, currency, seller, buyer } = receipt
  return firstFault([
    text('number', number),
    instant('issued', issued),
    ...(corrects
      ? [text('corrects.number', corrects.number), instant('corrects.issued', corrects.issued)]
      : []),
    text('order', order),
    ['lawOn', lawOn, isDay(lawOn)],
    country('shipTo', shipTo),
    ['currency', currency, isCurrency(currency)],
    ...Object.entries({ seller, buyer }).flatMap(([role, party]) => [
      text(`${role}.name`, party.name),
      country(`${role}.country`, party.country),
      ...party.identifiers.map((each, index) =>
        text(`${role}.identifiers[${index}].value`, each.value),
      ),
    ]),
    ...receipt.paid.flatMap(({ at, by }, index): Check[] => [
      instant(`paid[${index}].at`, at),
      text(`paid[${index}].by`, by),
    ]),
  ])
}

function checkLines({ lines, currency }: Receipt): Refused | undefined {
  if (lines.length === 0) return unreadable('lines', '')
  const ids = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const at = `lines[${index}]`
    const fault = firstFault([
      [`${at}.id`, line.id, isReadable(line.id) && !ids.has(line.id)],
      text(`${at}.description`, line.description),
      [`${at}.subheading`, line.subheading, /^\d{6,12}$/.test(line.subheading)],
      country(`${at}.origin`, line.origin),
      [`${at}.quantity`, line.quantity, isDecimal(line.quantity) && decimal(line.quantity).n > 0n],
      [`${at}.unit`, line.unit, /^[A-Z0-9]{2,3}$/.test(line.unit)],
      [
        `${at}.unitPrice`,
        line.unitPrice,
        isDecimal(line.unitPrice) && decimal(line.unitPrice).n >= 0n,
      ],
    ])
    if (fault) return fault
    if (!isProduct(line, currency))
      return doesNotAdd(`${at}.amountMinor`, line.amountMinor, undefined, currency, line)
    ids.add(line.id)
  }
  return undefined
}

/** Quantity times price, rounded to the minor unit one way or the other. */
function isProduct({ quantity, unitPrice, amountMinor }: ReceiptLine, currency: string): boolean {
  const units = 10n ** BigInt(minorDigits(currency) ?? 0)
  const exact = scale(multiply(decimal(quantity), decimal(unitPrice)), units)
  const { n, d } = subtract(exact, ratio(amountMinor))
  return n < d && -n < d
}

function checkCharges({ lines, charges }: Receipt): Refused | undefined {
  const ids = new Set(lines.map(({ id }) => id))
  return firstFault(
    charges.flatMap(({ line, kind, name, citation, collected }, index): Check[] => {
      const at = `charges[${index}]`
      return [
        [`${at}.line`, line ?? '', line === undefined || ids.has(line)],
        [`${at}.kind`, kind, chargeKinds.includes(kind)],
        text(`${at}.name`, name),
        [`${at}.collected`, collected, collected === 'border' || collected === 'sale'],
        ...(citation
          ? [
              text(`${at}.citation.title`, citation.title),
              [`${at}.citation.url`, citation.url, isWebAddress(citation.url)] as const,
              [
                `${at}.citation.read`,
                citation.read ?? '',
                isDay(citation.read ?? '1970-01-01'),
              ] as const,
            ]
          : []),
      ]
    }),
  )
}

/** An address that a page and a paper may lead to: of the web, and with no sign that would have to be escaped. */
const isWebAddress = (url: string): boolean =>
  /^https?:\/\/[!#-;=?-[\]_a-z~]+$/i.test(url) && URL.canParse(url)

function checkSums(receipt: Receipt): Refused | undefined {
  const { totals, currency, refundedMinor, corrects } = receipt
  const sums = addUp(receipt)
  for (const name of Object.keys(sums) as (keyof typeof sums)[])
    if (totals[name] !== sums[name])
      return doesNotAdd(`totals.${name}`, totals[name], sums[name], currency)
  if (totals.total < 0n) return doesNotAdd('totals.total', totals.total, 0n, currency)
  const paid = paidMinor(receipt)
  if (receipt.paid.length > 0 && paid !== totals.total)
    return doesNotAdd('paid', paid, totals.total, currency)
  const most = corrects ? 0n : paid
  if (refundedMinor < 0n || refundedMinor > most)
    return doesNotAdd('refundedMinor', refundedMinor, most, currency)
  return undefined
}

function doesNotAdd(
  at: string,
  stated: bigint,
  sum: bigint | undefined,
  currency: string,
  line?: ReceiptLine,
): Refused {
  return refused('receipt-does-not-add', {
    at,
    stated: `${formatMinor(stated, currency)} ${currency}`,
    sum: line
      ? `${line.quantity} × ${line.unitPrice} ${currency}`
      : `${formatMinor(sum ?? 0n, currency)} ${currency}`,
  })
}
