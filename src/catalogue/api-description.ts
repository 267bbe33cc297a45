// What the routes of offers are, for the document of the whole interface.
import { z } from 'zod'
import { batchParts, batchSchema, mostInBatch } from './api-batch.ts'
import { importForm, importState } from './api-imports.ts'
import {
  days,
  foundOffer,
  money,
  ownOffer,
  ownOffers,
  readyOffer,
  refusedOffer,
  savedOffer,
  savedOffers,
  searchAnswer,
  shownOffer,
} from './api-schemas.ts'
import { offerQuery, searchQuery } from './api-search.ts'
import { offerSchema } from './pages/offers-api.ts'

const uuid = z.uuid()
const ofBusiness = z.object({ business: uuid.describe('The business of the key') })
const ofOffer = ofBusiness.extend({ offer: uuid })
const ofImport = ofBusiness.extend({ import: uuid })
const json = (schema: z.ZodType) => ({ type: 'application/json', schema })
const badQuery = 'bad-query or unknown-destination: `facts.faults` has every place that is wrong'

const publicOperations = [
  {
    method: 'get',
    path: '/api/v1/offers',
    id: 'searchOffers',
    summary: 'Goods on sale, by words and filters, with the price at the door',
    description:
      'A page at a time: `next` of the answer is `after` of the next question. Pages lead to every one of the goods; a page that is not full can have a `next` all the same. Of many goods, `best` ranks a part at a time, the newest part first.',
    query: searchQuery,
    answers: { 200: searchAnswer },
    problems: { 422: badQuery },
  },
  {
    method: 'get',
    path: '/api/v1/offers/:offer',
    id: 'showOffer',
    summary: 'One offer on sale, and what it costs at a door',
    description: 'A draft and what was withdrawn are not found.',
    params: z.object({ offer: uuid }),
    query: offerQuery,
    answers: { 200: shownOffer },
    problems: { 404: 'not-found: nothing of this name is on sale', 422: badQuery },
  },
] as const

const ownOperations = [
  {
    method: 'get',
    path: '/api/v1/businesses/:business/offers',
    id: 'listOwnOffers',
    summary: 'The offers of a business, the newest change first',
    params: ofBusiness,
    query: z.object({
      status: z.enum(['draft', 'published', 'withdrawn']).optional(),
      after: z.string().optional().describe('`next` of the page before'),
    }),
    answers: { 200: ownOffers },
  },
  {
    method: 'post',
    path: '/api/v1/businesses/:business/offers',
    id: 'saveOffers',
    summary: `Makes or changes up to ${mostInBatch} offers, each with its own outcome`,
    description:
      'Each offer names itself by `offerId` or `slug`, so that sending a batch again changes nothing. An offer that is refused does not stop the others. What is left out of an offer stays as it is, `null` takes it away; lists are whole.',
    params: ofBusiness,
    body: json(batchSchema),
    answers: { 200: savedOffers },
    problems: { 422: `bad-batch: no list of 1 to ${mostInBatch} offers` },
  },
  {
    method: 'get',
    path: '/api/v1/businesses/:business/offers/:offer',
    id: 'readOwnOffer',
    summary: 'One offer of a business, with the state of every destination',
    params: ofOffer,
    answers: { 200: readyOffer },
  },
  {
    method: 'put',
    path: '/api/v1/businesses/:business/offers/:offer',
    id: 'saveOffer',
    summary: 'Makes or changes one offer, safely again and again',
    params: ofOffer,
    headers: z.object({
      'if-match': z
        .string()
        .optional()
        .describe('The ETag of the offer that the change rests on, such as "3"'),
    }),
    body: json(offerSchema),
    answers: { 200: savedOffer, 201: savedOffer },
    problems: {
      412: 'changed-meanwhile: the offer has another version now',
      422: 'bad-id, bad-offer or the code of what is wrong; `facts` has the places',
    },
  },
] as const

const importOperations = [
  {
    method: 'post',
    path: '/api/v1/businesses/:business/imports',
    id: 'startImport',
    summary: 'Sends a product file; its columns are recognised and its offers checked',
    description: 'Nothing is saved yet: ask for its state until it is `checked`, then save.',
    params: ofBusiness,
    body: { type: 'multipart/form-data', schema: importForm },
    answers: { 201: importState },
    problems: {
      400: 'unreadable-form: the body is no form',
      422: 'file-missing, or the code of why the file cannot be read',
    },
  },
  {
    method: 'get',
    path: '/api/v1/businesses/:business/imports/:import',
    id: 'readImport',
    summary: 'How far a product file is, and what of it is refused',
    params: ofImport,
    answers: { 200: importState },
  },
  {
    method: 'post',
    path: '/api/v1/businesses/:business/imports/:import/saving',
    id: 'saveImport',
    summary: 'Saves what was checked',
    params: ofImport,
    answers: { 202: importState },
    problems: { 422: 'import-not-checked: it is in another state' },
  },
  {
    method: 'post',
    path: '/api/v1/businesses/:business/imports/:import/undoing',
    id: 'undoImport',
    summary: 'Takes back what was saved, within a day',
    params: ofImport,
    answers: { 202: importState },
    problems: { 422: 'import-not-saved or undo-too-late' },
  },
] as const

export const catalogueApi = {
  parts: [money, days, foundOffer, savedOffer, refusedOffer, ownOffer, ...batchParts],
  operations: [...publicOperations, ...ownOperations, ...importOperations],
}
