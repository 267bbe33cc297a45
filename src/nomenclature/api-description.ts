// What the routes of the nomenclature are, for the document of the whole interface.
import { classificationAnswer, classificationRequest } from './api.ts'

export const nomenclatureApi = {
  operations: [
    {
      method: 'post',
      path: '/api/v1/classifications',
      id: 'classify',
      summary: 'One turn of guided classification: a code, a question, or what to add',
      description:
        'Nothing is kept between turns: send the text and all answers so far again. It is no ruling; an authority alone gives binding tariff information.',
      body: { type: 'application/json', schema: classificationRequest },
      answers: { 200: classificationAnswer },
      problems: { 422: 'bad-classification: `errors` has every place that is wrong' },
    },
  ],
} as const
