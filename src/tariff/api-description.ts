// What the routes of the tariff are, for the document of the whole interface.
import { z } from 'zod'
import { landedCostAnswer, landedCostRequest, namedParts, tariffLine } from './pages/api-schemas.ts'

export { problemSchema } from './pages/api-schemas.ts'

export const tariffApi = {
  parts: namedParts,
  operations: [
    {
      method: 'post',
      path: '/api/v1/landed-cost',
      id: 'landedCost',
      summary: 'The cost at the door of each destination',
      description:
        'Amounts are exact decimal strings. `landed` is null where no price can be named; a total whose status is complete-except leaves out the kinds in `notCovered`.',
      body: { type: 'application/json', schema: landedCostRequest },
      answers: { 200: landedCostAnswer },
      problems: {
        400: 'broken-json: the body is not JSON; `errors` has the place',
        422: 'bad-basket, unknown-code or unknown-destination: `errors` has every place that is wrong',
      },
    },
    {
      method: 'get',
      path: '/api/v1/tariff/:territory/:code',
      id: 'tariffLine',
      summary: 'The lines of a schedule that answer to a code',
      params: z.object({
        territory: z
          .string()
          .regex(/^[A-Z]{2,4}$/)
          .describe('Whose schedule'),
        code: z.string().describe('Digits, with or without points'),
      }),
      query: z.object({
        on: z.iso.date().optional().describe('The day whose law is asked; default: today'),
      }),
      answers: { 200: tariffLine },
      problems: {
        404: 'unknown-territory, no-schedule or no-line',
        422: 'bad-day or bad-code',
        503: 'rules-broken: the files of this territory cannot be read',
      },
    },
    {
      method: 'get',
      path: '/api/v1/schemas/landed-cost.json',
      id: 'landedCostSchema',
      summary: 'The contract of the price at the door alone, as a JSON Schema',
      answers: {
        200: z.looseObject({ $schema: z.string(), $id: z.string(), $defs: z.looseObject({}) }),
      },
    },
  ],
} as const
