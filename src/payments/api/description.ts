// What the routes of money are, for the document of the whole interface.
import { z } from 'zod'
import {
  commandHeaders,
  madePayment,
  movementList,
  movementQuery,
  paymentParts,
  sentPayment,
  sentRequest,
  shownRequest,
  walletList,
} from './schemas.ts'

const ofBusiness = z.object({ business: z.uuid().describe('The business of the key') })
const ofRequest = ofBusiness.extend({ code: z.string().describe('The code of the request') })
const json = (schema: z.ZodType) => ({ type: 'application/json', schema })
const money = '/api/v1/businesses/:business/money'

const keyProblem =
  'idempotency-key-missing, idempotency-key-not-valid, or broken-json: the body cannot be read'
const atWork = 'at-work: the same command is being done right now, come again after Retry-After'
const otherRequest = 'key-of-another-request: the key was used for something else'

export const paymentApi = {
  parts: paymentParts,
  operations: [
    {
      method: 'get',
      path: `${money}/wallets`,
      id: 'listWallets',
      summary: 'The wallets of a business: what is there, held and free',
      params: ofBusiness,
      answers: { 200: walletList },
    },
    {
      method: 'get',
      path: `${money}/wallets/:currency/movements`,
      id: 'listMovements',
      summary: 'Every movement of a wallet, the latest first, a page at a time',
      params: ofBusiness.extend({ currency: z.string().describe('Of the wallet, ISO 4217') }),
      query: movementQuery,
      answers: { 200: movementList },
      problems: {
        404: 'not-found: this is no currency, or the business belongs to somebody else',
        422: 'bad-query',
      },
    },
    {
      method: 'post',
      path: `${money}/requests`,
      id: 'askForMoney',
      summary: 'Asks to be paid, by a link, a QR code of the link, or a short code',
      description:
        'With an amount it is paid once and good for seven days; without, again and again.',
      params: ofBusiness,
      headers: commandHeaders,
      body: json(sentRequest),
      answers: { 201: shownRequest },
      problems: {
        400: keyProblem,
        409: atWork,
        422: `bad-payment-request, currency-not-known, amount-not-valid, amount-too-large, purpose-too-long, payee-blocked; ${otherRequest}`,
      },
    },
    {
      method: 'get',
      path: `${money}/requests/:code`,
      id: 'showPaymentRequest',
      summary: 'A request of the business: whether it is paid, and by which payment',
      params: ofRequest,
      answers: { 200: shownRequest },
    },
    {
      method: 'post',
      path: `${money}/requests/:code/cancellation`,
      id: 'cancelPaymentRequest',
      summary: 'Takes a request back; one that is paid stays paid',
      params: ofRequest,
      headers: commandHeaders,
      answers: { 200: shownRequest },
      problems: {
        400: keyProblem,
        404: 'no-such-request: there is none of this code, or it is of somebody else',
        409: `request-paid, request-cancelled; ${atWork}`,
        422: otherRequest,
      },
    },
    {
      method: 'post',
      path: `${money}/payments`,
      id: 'pay',
      summary: 'Pays a request from the wallet of the business',
      params: ofBusiness,
      headers: commandHeaders,
      body: json(sentPayment),
      answers: { 201: madePayment },
      problems: {
        400: keyProblem,
        404: 'no-such-request: nobody has made this code',
        409: `request-paid, request-cancelled, request-expired; ${atWork}`,
        422: `bad-payment, short-code-length, short-code-sign, short-code-check, amount-not-valid, amount-differs, pays-oneself, payer-blocked, payee-blocked, not-enough-money (facts: what is missing, in minor units); ${otherRequest}`,
      },
    },
  ],
} as const
