// Parts that many rule files share: dates and citations of a record, conditions, bases.
import { z } from 'zod'

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is YYYY-MM-DD')
/** A day, where yaml's null means that none is known. */
export const maybeDay = day.nullish().transform((value) => value ?? undefined)
export const text = z.string().min(1)
export const amountText = z.string().regex(/^\d+(\.\d+)? [A-Z]{3}$/, 'an amount is "150.00 EUR"')
export const share = z.string().regex(/^\d+(\.\d+)?%$/, 'a share is "70%"')
export const codes = z.array(
  z.string().regex(/^\d{2,12}(-\d{2,12})?$/, 'a code prefix or range of prefixes'),
)
export const places = z.array(z.string().regex(/^(@[a-z0-9-]+|[A-Z]{2})$/, 'a country or @group'))
export const rateText = z.union([text, z.number().transform(String)])

export const citation = z.union(
  [
    text,
    z.strictObject({ title: text, publisher: text, url: text, read: day, note: text.optional() }),
  ],
  'a citation is the name of one, or { title, publisher, url, read: YYYY-MM-DD }',
)

export const record = {
  id: text,
  from: maybeDay,
  to: maybeDay,
  seen: z.array(day).min(1).optional(),
  citation,
  note: text.optional(),
}

export const valueTest = z.strictObject({
  of: z.enum(['price', 'cif', 'customs-value']),
  per: z.enum(['consignment', 'item', 'line']),
  max: amountText.optional(),
  min: amountText.optional(),
  below: amountText.optional(),
  above: amountText.optional(),
})

export const lineCondition = z.strictObject({
  codes: codes.optional(),
  codes_not: codes.optional(),
  origin: places.optional(),
  origin_not: places.optional(),
  value: valueTest.optional(),
  fact: text.optional(),
  fact_not: text.optional(),
})

export const basketCondition = z.strictObject({
  consignee: z.enum(['consumer', 'business']).optional(),
  transport: z.array(z.enum(['post', 'courier', 'air', 'sea', 'road'])).optional(),
  from: places.optional(),
  from_not: places.optional(),
  value: valueTest.optional(),
  every_line: lineCondition.optional(),
  any_line: lineCondition.optional(),
  no_line: lineCondition.optional(),
  holds: text.optional(),
  holds_not: text.optional(),
  assumed: z.boolean().optional(),
  yearly: z
    .strictObject({ limit: amountText, of: z.enum(['price', 'cif', 'customs-value']), fact: text })
    .optional(),
})

export const base = z.array(
  z.union([
    z.enum(['customs-value', 'price', 'freight', 'insurance', 'duty', 'excise', 'fees']),
    z.string().regex(/^tax:.+/, 'a part of a base, or tax:<id>'),
  ]),
)
