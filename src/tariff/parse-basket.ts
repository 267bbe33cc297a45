// The basket as the world sends it (docs/rules-schema.md section 11), checked and read into exact values. Every fault
// is named with its place; a basket with one fault is not quoted at all.
import { z } from 'zod'
import { isCountry } from '../basis/country.ts'
import { isCurrency, minorDigits } from '../basis/currency.ts'
import { isDay } from '../basis/day.ts'
import { parseTariffCode } from '../basis/hs.ts'
import type { Money } from '../basis/money.ts'
import { divide, multiply, parseDecimal, ratio, type Ratio } from '../basis/ratio.ts'
import { round } from '../basis/rounding.ts'
import type { Basket, BasketLine } from './basket.ts'
import { baseUnit, intensiveUnits, measureUnits } from './rules/units.ts'

/** More lines than any parcel: beyond it a list is a mistake or an attack. */
export const mostLines = 1000

const figure = z
  .string()
  .max(40)
  .regex(/^\d{1,15}(\.\d{1,10})?$/, {
    error: ({ input }) =>
      /^\d+(\.\d+)?$/.test(String(input))
        ? 'at most 15 digits before the point and 10 after it'
        : 'a plain decimal such as "25.00", not negative',
  })
const currency = z.string().refine(isCurrency, 'not an ISO 4217 currency')
const country = z.string().refine(isCountry, 'not an ISO 3166-1 alpha-2 country')
const amount = z.strictObject({ amount: figure, currency })
const day = z.string().refine(isDay, 'a day is YYYY-MM-DD')
const unit = z.string().regex(/^[A-Z0-9]{2,3}$/, 'a UN/CEFACT Rec 20 unit')
const word = z.string().min(1).max(64)
/** Of measures, of facts: beyond it a list is a mistake or an attack. */
const mostFacts = 50
const isShort = (record: object): boolean => Object.keys(record).length <= mostFacts
const tooMany = `at most ${mostFacts} of them`
const positive = figure.refine((text) => /[1-9]/.test(text), 'must be more than 0')

const lineSchema = z.strictObject({
  id: z.string().min(1).max(64),
  description: z.string().max(500).default(''),
  code: z
    .string()
    .max(20)
    .refine((text) => parseTariffCode(text) !== undefined, 'not a tariff code of 4 to 12 digits'),
  codeOf: z
    .string()
    .regex(/^[A-Z]{2,4}$/)
    .optional()
    .describe('Whose national code this is: a country, or a union such as EU'),
  origin: country,
  quantity: positive.default('1'),
  unit: unit.default('C62'),
  unitPrice: amount,
  netMassKg: positive.optional().describe('Net mass of the whole line'),
  measures: z
    .record(word, positive)
    .refine(isShort, tooMany)
    .meta({ maxProperties: mostFacts })
    .optional()
    .describe(
      'Measures of ONE piece: l, ml, m, m2, m3, g, kg_drained, pairs, lpa, alcohol_pct, sugar_pct, or a Rec 20 code',
    ),
  facts: z
    .record(word, z.union([z.boolean(), z.string().max(64)]))
    .refine(isShort, tooMany)
    .meta({ maxProperties: mostFacts })
    .optional(),
  proofs: z.array(word).max(50).optional(),
})

export const basketSchema = z
  .strictObject({
    from: country.describe('Country of dispatch'),
    on: day.optional().describe('The day whose law is asked; default: today'),
    transport: z.enum(['post', 'courier', 'air', 'sea', 'road']).default('courier'),
    consignee: z.enum(['consumer', 'business']).default('consumer'),
    incoterm: z.enum(['DDP', 'DAP']).default('DDP'),
    freight: amount.optional(),
    insurance: amount.optional(),
    schemes: z
      .array(word)
      .max(50)
      .optional()
      .describe('Registrations of the seller or its marketplace; [] = none; missing = not stated'),
    facts: z
      .record(word, figure)
      .refine(isShort, tooMany)
      .meta({ maxProperties: mostFacts })
      .optional()
      .describe('Amounts that a scheme asks for, such as cbec-used-this-year'),
    hs: z.enum(['2012', '2017', '2022']).optional().describe('HS edition of the codes'),
    lines: z.array(lineSchema).min(1).max(mostLines),
  })
  .superRefine(({ lines }, context) => {
    const ids = new Set<string>()
    for (const [index, line] of lines.entries()) {
      if (ids.has(line.id))
        context.addIssue({ code: 'custom', path: ['lines', index, 'id'], message: 'stands twice' })
      ids.add(line.id)
      if (line.unitPrice.currency !== lines[0]?.unitPrice.currency)
        context.addIssue({
          code: 'custom',
          path: ['lines', index, 'unitPrice', 'currency'],
          message: `prices in ${lines[0]?.unitPrice.currency} and ${line.unitPrice.currency}: one basket has one price currency`,
        })
      for (const key of Object.keys(line.measures ?? {}))
        if (!Object.hasOwn(measureUnits, key) && !unit.safeParse(key).success)
          context.addIssue({
            code: 'custom',
            path: ['lines', index, 'measures', key],
            message: `not a measure; known: ${Object.keys(measureUnits).join(', ')}, or a Rec 20 code`,
          })
    }
  })
export type BasketJson = z.input<typeof basketSchema>
type Checked = z.output<typeof basketSchema>

export type BasketFault = { readonly at: string; readonly reason: string }

/** Reads a basket, or says every place that is wrong. */
export function parseBasket(input: unknown): { basket: Basket } | { faults: BasketFault[] } {
  const checked = basketSchema.safeParse(input)
  if (!checked.success)
    return {
      faults: checked.error.issues.map((issue) => ({
        at: placeOf(issue.path) || 'basket',
        reason: issue.message,
      })),
    }
  return { basket: toBasket(checked.data) }
}

export const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) =>
      typeof key === 'number'
        ? `${place}[${key}]`
        : place === ''
          ? String(key)
          : `${place}.${String(key)}`,
    '',
  )

function toBasket(data: Checked): Basket {
  const priceCurrency = data.lines[0]?.unitPrice.currency ?? 'EUR'
  return {
    from: data.from,
    on: data.on,
    transport: data.transport,
    consignee: data.consignee,
    incoterm: data.incoterm,
    freight: data.freight ? toMoney(data.freight) : { minor: 0n, currency: priceCurrency },
    insurance: data.insurance && toMoney(data.insurance),
    schemes: data.schemes && new Set(data.schemes),
    facts: data.facts ?? {},
    hs: data.hs,
    currency: priceCurrency,
    lines: data.lines.map(toLine),
  }
}

const known = (text: string): Ratio => parseDecimal(text) ?? ratio(0n)

function toMoney({ amount: text, currency: code }: { amount: string; currency: string }): Money {
  return { minor: toMinor(known(text), code), currency: code }
}

const toMinor = (value: Ratio, code: string): bigint =>
  round({ n: value.n * 10n ** BigInt(minorDigits(code) ?? 2), d: value.d }, 'half-up')

// Most baskets state neither: one object for all of them stays in the processor's cache.
const noFacts: BasketLine['facts'] = Object.fromEntries([])
const noProofs: ReadonlySet<string> = new Set()

function toLine(line: Checked['lines'][number]): BasketLine {
  const quantity = known(line.quantity)
  return {
    // What every assessment reads comes first, side by side in memory.
    code: parseTariffCode(line.code) ?? '',
    codeOf: line.codeOf,
    origin: line.origin,
    priceMinor: toMinor(multiply(quantity, known(line.unitPrice.amount)), line.unitPrice.currency),
    proofs: line.proofs && line.proofs.length > 0 ? new Set(line.proofs) : noProofs,
    id: line.id,
    description: line.description,
    quantity,
    unit: line.unit,
    quantities: new Quantities(line, quantity),
    facts: line.facts ?? noFacts,
  }
}

/**
 * Quantities by base unit; net mass first, then the line's own unit, then measures of a piece times pieces. Read at the
 * first asking: most duties are percentages and ask for none.
 */
class Quantities {
  #line: Pick<Checked['lines'][number], 'netMassKg' | 'unit' | 'measures'>
  #quantity: Ratio
  #read: Map<string, Ratio> | undefined

  constructor({ netMassKg, unit, measures }: Checked['lines'][number], quantity: Ratio) {
    this.#line = { netMassKg, unit, measures }
    this.#quantity = quantity
  }

  get(base: string): Ratio | undefined {
    this.#read ??= readQuantities(this.#line, this.#quantity)
    return this.#read.get(base)
  }
}

function readQuantities(
  line: Pick<Checked['lines'][number], 'netMassKg' | 'unit' | 'measures'>,
  quantity: Ratio,
): Map<string, Ratio> {
  const quantities = new Map<string, Ratio>()
  const add = (code: string, value: Ratio): void => {
    const { base, factor } = baseUnit(code)
    if (!quantities.has(base)) quantities.set(base, multiply(value, factor))
  }
  if (line.netMassKg !== undefined) add('KGM', known(line.netMassKg))
  add(line.unit, quantity)
  for (const [key, text] of Object.entries(line.measures ?? {})) {
    const code = measureUnits[key] ?? key
    add(code, intensiveUnits.has(code) ? known(text) : multiply(known(text), quantity))
  }
  const [litres, strength] = [quantities.get('LTR'), quantities.get('ASV')]
  if (litres && strength && !quantities.has('LPA'))
    quantities.set('LPA', divide(multiply(litres, strength), ratio(100n)))
  return quantities
}
