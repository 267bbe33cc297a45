// What the route of carriers' prices is, for the document of the whole interface.
import { z } from 'zod'
import { transports } from './lane.ts'

const text = z.string()
const day = z.iso.date()
const country = z.string().regex(/^[A-Z]{2}$/)
const figure = text.describe('An exact decimal in the currency of the quote')
const grams = z.int()
const source = z
  .strictObject({ title: text, publisher: text, url: text.optional(), read: day })
  .meta({ id: 'LaneSource' })
const laneId = z
  .strictObject({
    carrier: text,
    service: text,
    from: country,
    to: country,
    zone: text,
    validFrom: day,
  })
  .meta({ id: 'LaneId' })
const surcharge = z
  .strictObject({ code: text, name: text, amount: figure, source })
  .meta({ id: 'ChargedSurcharge' })

const quote = z
  .strictObject({
    lane: laneId,
    carrier: text,
    service: text,
    transport: z.enum(transports),
    currency: text,
    amount: figure,
    freight: figure,
    surcharges: z.array(surcharge).describe('Of all parcels; with the freight they add up'),
    possible: z
      .array(z.strictObject({ code: text, name: text, needs: z.enum(['size', 'postcode']) }))
      .describe('What may come on top: its condition hangs on a fact that was not given'),
    parcels: z.array(
      z.strictObject({
        massG: grams,
        volumetricG: grams.optional(),
        chargeableG: grams,
        freight: figure,
        surcharges: z.array(surcharge),
        amount: figure,
      }),
    ),
    days: z.strictObject({
      min: z.int(),
      max: z.int(),
      count: z.enum(['working', 'calendar']),
    }),
    dutyPaid: z.boolean().describe('The carrier settles duty and taxes on entry (DDP)'),
    tracking: z.boolean(),
    byMassOnly: z.boolean().describe('Sizes are not known: it may turn out dearer'),
    unchecked: z.array(z.enum(['size', 'value', 'goods', 'contents'])),
    source,
  })
  .meta({ id: 'LaneQuote' })

const lanesAnswer = z.strictObject({
  from: country,
  to: country,
  day,
  quotes: z.array(quote).describe('By currency, in each the cheapest first'),
  refusals: z
    .array(
      z.strictObject({
        lane: laneId,
        carrier: text,
        service: text,
        refused: text,
        facts: z.looseObject({}),
      }),
    )
    .describe('Lanes that do not take the parcel, and why'),
})

export const logisticsApi = {
  parts: [source, laneId, surcharge, quote],
  operations: [
    {
      method: 'get',
      path: '/api/v1/lanes',
      id: 'lanes',
      summary: 'What carriers ask for a parcel, by the rate cards of today',
      query: z.object({
        from: country.describe('Where it leaves'),
        to: country.describe('Where it goes'),
        kg: text.describe('Its mass in kilograms, such as 0.8'),
        size: text.optional().describe('Its sides in centimetres, such as 30x20x10'),
        code: z
          .array(text.regex(/^\d{6,12}$/))
          .optional()
          .describe('HS codes of what is inside; as often as needed'),
      }),
      answers: { 200: lanesAnswer },
      problems: {
        404: 'no-lane: no carrier goes there; no-lane-takes-it: none takes this parcel',
        422: 'bad-parcel: `errors` has every place that is wrong',
      },
    },
  ],
} as const
