// POST /api/v1/classifications: a text and the answers so far, and one turn back. Nothing is kept: whoever asks sends all
// answers again, so that a turn can be repeated, shared and stored with an offer.
import type { Context } from 'hono'
import { z } from 'zod'
import type { Nomenclature } from './create-nomenclature.ts'
import { problem, type NomenclatureEnv } from './problem.ts'

export const classificationRequest = z
  .strictObject({
    text: z.string().max(2000).describe('What it is, in plain words of any of the five languages'),
    locale: z.string().max(35).optional().describe('BCP 47: the language of the text and of names'),
    answers: z
      .array(
        z.strictObject({
          question: z.string().max(80),
          answer: z.string().max(12).describe('An id of the question; or `none`, `unknown`'),
        }),
      )
      .max(12)
      .optional(),
  })
  .meta({ id: 'ClassificationRequest' })

const shownQuestion = z.object({
  id: z.string(),
  text: z.string().describe('Empty where the answers are codes: which of these is it?'),
  lang: z.string(),
  answers: z.array(z.object({ id: z.string(), text: z.string(), codes: z.array(z.string()) })),
})

export const classificationAnswer = z
  .object({
    state: z.enum(['sure', 'ask', 'too-vague']),
    missing: z.enum(['text', 'thing', 'known-word']).optional(),
    code: z.string().length(6).optional().describe('HS 2022 subheading'),
    name: z.string().optional(),
    confidence: z.number().min(0).max(1).optional(),
    rivals: z.array(z.object({ code: z.string(), name: z.string(), confidence: z.number() })),
    question: shownQuestion.optional(),
    asked: z.array(z.object({ question: shownQuestion, answer: z.string() })),
  })
  .meta({ id: 'Classification' })

export async function postClassification(
  c: Context<NomenclatureEnv>,
  nomenclature: () => Nomenclature,
): Promise<Response> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    return problem(c, 400, 'broken-json')
  }
  const read = classificationRequest.safeParse(body)
  if (!read.success)
    return problem(
      c,
      422,
      'bad-classification',
      read.error.issues.map(({ path, message }) => ({ at: path.join('.'), reason: message })),
    )
  const { text, locale, answers } = read.data
  return c.json(
    nomenclature().classify(text, {
      ...(locale ? { locale } : {}),
      ...(answers ? { answers } : {}),
    }),
  )
}
