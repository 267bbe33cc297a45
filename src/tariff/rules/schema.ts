// The shape of every file under rules/, as docs/rules-schema.md describes it. Strict: an unknown key is an error.
import { z } from 'zod'

import {
  amountText,
  base,
  basketCondition,
  citation,
  codes,
  lineCondition,
  maybeDay,
  places,
  rateText,
  record,
  share,
  text,
  valueTest,
} from './schema-parts.ts'

export const treatment = z.strictObject({
  when: lineCondition.optional(),
  duty: rateText.optional(),
  flat: z
    .strictObject({
      amount: amountText,
      per: z.enum(['subheading', 'line', 'consignment', 'unit']),
    })
    .optional(),
  remedy: z.enum(['tariff', 'none']).optional(),
  excise: z.enum(['tariff', 'none']).optional(),
  taxes: z.record(text, z.enum(['import', 'sale', 'none'])).optional(),
  tax_share: share.optional(),
  excise_share: share.optional(),
  tax_base: base.optional(),
  fees: z.enum(['tariff', 'none']).optional(),
})

const remitter = z.enum(['seller', 'marketplace', 'carrier', 'importer'])

export const regime = z.strictObject({
  ...record,
  name: text,
  when: basketCondition.optional(),
  lines: z.array(treatment).optional(),
  papers: z.array(text).optional(),
  remits: z.union([remitter.transform((one) => [one]), z.array(remitter)]).optional(),
  zone: text.optional(),
})

const relievable = z.enum(['duty', 'remedy', 'excise', 'tax', 'fee'])
const inRegimes = { regimes: z.array(text).optional(), regimes_not: z.array(text).optional() }

export const relief = z.strictObject({
  ...record,
  name: text,
  relieves: z.array(relievable).min(1),
  when: basketCondition.optional(),
  lines: lineCondition.optional(),
  ...inRegimes,
})

export const waiver = z.strictObject({
  ...record,
  name: text,
  of: z.array(z.enum(['duty', 'tax', 'all'])).min(1),
  max: amountText,
  ...inRegimes,
})

export const tax = z.strictObject({
  ...record,
  kind: z.enum([
    'excise',
    'vat',
    'gst',
    'sales-tax',
    'consumption-tax',
    'surtax',
    'levy',
    'withholding',
  ]),
  name: text,
  rate: rateText.optional(),
  column: text.optional(),
  base,
  inclusive: z.boolean().optional(),
  lines: lineCondition.optional(),
  when: basketCondition.optional(),
  opt_in: z.boolean().optional(),
  reduced: z
    .array(
      z.strictObject({ ...record, name: text.optional(), rate: rateText, lines: lineCondition }),
    )
    .optional(),
})

export const fee = z.strictObject({
  ...record,
  name: text,
  rate: rateText,
  per: z.enum(['consignment', 'line', 'unit', 'subheading']),
  base: z.array(z.enum(['price', 'customs-value', 'cif', 'freight', 'insurance'])).optional(),
  in_tax_base: z.boolean().optional(),
  when: basketCondition.optional(),
  lines: lineCondition.optional(),
  collected: z.enum(['border', 'sale']).optional(),
  ...inRegimes,
})

export const agreement = z.strictObject({
  ...record,
  name: text,
  column: text.optional(),
  rate: rateText.optional(),
  lines: lineCondition.optional(),
  members: z.array(z.strictObject({ countries: places, from: maybeDay, to: maybeDay })),
  proofs: z.array(z.array(text)).default([]),
  waiver: valueTest.optional(),
  transport_direct: z.boolean().optional(),
  rules: text.optional(),
})

export const measure = z.strictObject({
  ...record,
  kind: z.enum([
    'additional',
    'anti-dumping',
    'countervailing',
    'safeguard',
    'suspension',
    'quota',
  ]),
  name: text,
  lines: lineCondition.optional(),
  codes_file: text.optional(),
  when: basketCondition.optional(),
  rate: rateText.optional(),
  not_with: z.array(text).optional(),
  unless_proof: text.optional(),
  flagged: z.boolean().optional(),
  preference: z.boolean().optional(),
})

export const restriction = z.strictObject({
  ...record,
  kind: z.enum(['prohibited', 'licence', 'certificate', 'notice']),
  name: text,
  lines: lineCondition.optional(),
  when: basketCondition.optional(),
})

export const roundingStages = [
  'conversion',
  'customs-value',
  'duty-base',
  'duty',
  'tax-base',
  'tax',
  'fee',
] as const

export const rounding = z.strictObject({
  ...record,
  stage: z.enum(roundingStages),
  applies: z.array(text).optional(),
  unit: text,
  mode: z.enum(['down', 'up', 'half-up', 'half-down', 'half-even']),
  level: z.enum(['line', 'consignment']).default('line'),
})

export const kinds = [
  'mfn',
  'preference',
  'trade-remedy',
  'quota',
  'excise',
  'vat',
  'reduced-vat',
  'local-tax',
  'restriction',
  'scheme',
  'fee',
] as const
export type Kind = (typeof kinds)[number]

const chapters = z
  .string()
  .regex(/^\d{2}(-\d{2})?(,\s*\d{2}(-\d{2})?)*$/, 'chapters are "01-24, 61"')

export const cover = z.strictObject({
  ...record,
  citation: citation.optional(),
  kind: z.enum(kinds),
  chapters: chapters.optional(),
  codes: codes.optional(),
  codes_not: codes.optional(),
  origin: places.optional(),
  origin_not: places.optional(),
})

export const valuation = z.strictObject({
  ...record,
  when: basketCondition.optional(),
  price: share,
  freight: share,
  insurance: share,
})

export const exchange = z.strictObject({
  ...record,
  source: text,
  rule: z.enum(['latest', 'second-last-wednesday']),
  exact: z.boolean(),
})

const { id: _id, ...dates } = record
export const schedule = z.strictObject({
  ...dates,
  file: text,
  hs: z.enum(['2012', '2017', '2022']),
  chapters: chapters.optional(),
  default: z.record(text, text).optional(),
})

export const mfnException = z.strictObject({ ...record, origin: places, column: text })

export const fileSchemas = {
  'territory.yaml': z.strictObject({
    territory: z.string().regex(/^[A-Z]{2,4}$/),
    extends: z.string().optional(),
    currency: z
      .union([text, z.array(z.strictObject({ currency: text, from: maybeDay, to: maybeDay }))])
      .optional(),
    local_taxes: z.boolean().optional(),
    citations: z.record(text, citation).optional(),
    valuation: z.array(valuation).optional(),
    exchange: z.array(exchange).optional(),
    schedules: z.array(schedule).optional(),
    mfn_exceptions: z.array(mfnException).optional(),
    covers: z.array(cover).optional(),
  }),
  'rounding.yaml': z.strictObject({ rounding: z.array(rounding) }),
  'taxes.yaml': z.strictObject({ taxes: z.array(tax) }),
  'schemes.yaml': z.strictObject({
    regimes: z.array(regime).optional(),
    reliefs: z.array(relief).optional(),
    waivers: z.array(waiver).optional(),
  }),
  'zones.yaml': z.strictObject({
    regimes: z.array(regime).optional(),
    reliefs: z.array(relief).optional(),
  }),
  'fees.yaml': z.strictObject({ fees: z.array(fee) }),
  'agreements.yaml': z.strictObject({ agreements: z.array(agreement) }),
  'measures.yaml': z.strictObject({ measures: z.array(measure) }),
  'restrictions.yaml': z.strictObject({ restrictions: z.array(restriction) }),
} as const
export type RuleFile = keyof typeof fileSchemas

export const groupsSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        id: text,
        members: z.array(
          z.strictObject({ countries: z.array(text), from: maybeDay, to: maybeDay }),
        ),
        citation: citation.optional(),
        note: text.optional(),
      }),
    )
    .optional(),
})
export const sourcesSchema = z.record(text, citation)
