// What comes in and what goes out, as schemas: of the request the very one that checks it, of the answer one that a test
// holds against real answers. OpenAPI and the contract file are made from them.
import { z } from 'zod'
import { basketSchema } from '../parse-basket.ts'
import { kinds } from '../rules/schema.ts'

const text = z.string()
const figure = z.string().describe('An exact decimal')
const day = z.iso.date()
const status = z
  .enum(['complete', 'complete-except', 'needs-facts', 'cannot-decide'])
  .describe(
    'complete: all kinds of charges that could apply are known. complete-except: a price stands, but `notCovered` names kinds that are left out. ' +
      'needs-facts: a question must be answered first. cannot-decide: the rules held do not reach.',
  )
const kind = z.enum(kinds).describe('A kind of measure')
const citation = z
  .strictObject({
    title: text,
    publisher: text,
    url: text,
    read: day.describe('The day it was read'),
    note: text.optional(),
  })
  .meta({ id: 'Citation' })
const sighting = z
  .strictObject({ seen: day, ageDays: z.int() })
  .describe('The figure rests on a publication seen on another day')

const charge = z
  .strictObject({
    kind: z.enum(['duty', 'remedy', 'excise', 'tax', 'fee', 'rounding']),
    name: text,
    rule: text.describe('Id of the rule; its page is /rules/{to}/{rule}'),
    of: text.optional(),
    basis: figure,
    rate: text.optional(),
    share: text.optional(),
    exact: text.describe('Before rounding; cut after 12 decimals with a trailing …'),
    amount: figure,
    rounding: z.strictObject({ rule: text, unit: text, mode: text, level: text }).optional(),
    collected: z.enum(['border', 'sale']),
    struck: z.enum(['none', 'relief', 'waiver']).optional().describe('Why the amount is nothing'),
    asLastSeen: sighting.optional(),
    citation: citation.optional(),
    note: text.optional(),
  })
  .meta({ id: 'Charge' })
const reason = z
  .looseObject({ code: text, status: text, line: text.optional() })
  .meta({ id: 'Reason' })
const line = z
  .strictObject({
    id: text,
    description: text,
    code: text,
    origin: text,
    status,
    price: figure,
    freight: figure,
    insurance: figure,
    customsValue: figure,
    charges: z.array(charge),
    notCovered: z.array(kind),
    reasons: z.array(reason),
  })
  .meta({ id: 'AnswerLine' })
const need = z.union([
  z.strictObject({ scheme: text }),
  z.strictObject({
    line: text,
    agreement: text,
    name: text,
    proofs: z.array(z.array(text)).describe('Any one of these sets is enough'),
    rules: text.optional(),
  }),
  z.strictObject({ line: text, quota: text }),
])

export const answerSchema = z
  .strictObject({
    to: text,
    on: day,
    status,
    route: text.nullable(),
    routeName: text.nullable(),
    currency: text,
    lines: z.array(line),
    charges: z.array(charge).describe('On the consignment as a whole'),
    totals: z.strictObject({
      goods: figure,
      freight: figure,
      insurance: figure,
      duty: figure,
      tax: figure,
      fees: figure,
      landed: figure.nullable().describe('null unless the status is complete or complete-except'),
      collectedAtSale: figure,
      dueAtDoor: figure.nullable(),
    }),
    alternatives: z.array(
      z.strictObject({
        route: text,
        name: text,
        status,
        landed: figure.nullable(),
        needs: z.array(need),
        saves: figure.optional(),
        reasons: z.array(reason),
      }),
    ),
    findings: z.array(
      z.looseObject({
        code: text,
        name: text,
        line: text.optional(),
        citation: citation.optional(),
      }),
    ),
    questions: z.array(reason),
    notCovered: z.array(kind),
    reasons: z.array(reason),
  })
  .meta({ id: 'Answer' })

export const landedCostAnswer = z
  .strictObject({
    answers: z.array(answerSchema).describe('In the order of `to`'),
    unavailable: z
      .array(z.strictObject({ to: text, reason: z.enum(['rules-broken', 'no-law-on-day']) }))
      .optional()
      .describe('Destinations whose rules could not be read'),
  })
  .meta({ id: 'LandedCost' })

/** What stands inside of answers under a name of its own. */
export const namedParts = [citation, charge, reason, line, answerSchema]

/** The basket with what is asked of it; `landed-cost.ts` checks these two fields itself. */
export const landedCostRequest = basketSchema
  .safeExtend({
    to: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .min(1)
      .max(300)
      .describe('Destinations, each once'),
    strict: z
      .boolean()
      .default(false)
      .describe('Take nothing as last seen: what rests on another day is not decided'),
  })
  .meta({ id: 'LandedCostRequest' })

export const tariffLine = z
  .strictObject({
    territory: text,
    on: day,
    code: text,
    schedule: z.strictObject({
      hs: text.describe('HS edition of its codes'),
      dates: z.strictObject({
        from: day.optional(),
        to: day.optional(),
        seen: z.array(day).optional(),
      }),
      asLastSeen: sighting.optional(),
      citation,
      note: text.optional(),
    }),
    lines: z.array(
      z.strictObject({
        code: text,
        unit: text,
        flags: z.array(text),
        cells: z.record(text, text).describe('Rate by column; `mfn` is the ordinary one'),
      }),
    ),
  })
  .meta({ id: 'TariffLine' })

export const problemSchema = z
  .looseObject({
    type: text.describe('urn:ewtp:problem:<code>, stable'),
    title: text,
    status: z.int(),
    detail: text.optional(),
    errors: z.array(z.strictObject({ at: text, reason: text })).optional(),
    facts: z.looseObject({}).optional().describe('What the code is about, by name'),
    instance: text.describe('The path that was asked'),
    requestId: text
      .optional()
      .describe(
        'The same as in the header x-request-id; it stands in the log. Not in the stored answer of a command, which is the same bytes each time',
      ),
  })
  .meta({ id: 'Problem' })

/** One JSON Schema for other programs: request and answer. */
export function landedCostJsonSchema(): object {
  const { schemas } = z.toJSONSchema(registryOf(landedCostRequest, landedCostAnswer), {
    io: 'input',
    target: 'draft-2020-12',
    uri: (id) => `#/$defs/${id}`,
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:ewtp:schema:landed-cost:1',
    title: 'Landed cost: the basket that is asked, and the answers',
    oneOf: [{ $ref: '#/$defs/LandedCostRequest' }, { $ref: '#/$defs/LandedCost' }],
    $defs: withoutIds(schemas),
  }
}

export type Schemas = Parameters<typeof withoutIds>[0]

/** The parts of a document name each other by place, so their own `$id` would only mislead. */
export function withoutIds(schemas: Record<string, { $id?: string; $schema?: string }>) {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $id: _id, $schema: _schema, ...schema }]) => [
      name,
      schema,
    ]),
  )
}

export function registryOf(...wanted: z.ZodType[]) {
  const registry = z.registry<{ id: string }>()
  for (const schema of [...namedParts, ...wanted])
    registry.add(schema, { id: schema.meta()?.['id'] as string })
  return registry
}
