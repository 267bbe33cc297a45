// What programs send and get, as the document of the interface describes it.
import { z } from 'zod'

const text = z.string()
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('ISO 4217')
const figure = z.string().describe('An exact decimal, such as 25.00')
const instant = z.string().describe('RFC 3339, UTC')
const payment = z.string().describe('The entry of the ledger')

const wallet = z
  .strictObject({
    currency,
    balance: figure,
    held: figure.describe('Reserved for what is under way'),
    available: figure.describe('What may be spent: the balance less what is held'),
  })
  .meta({ id: 'Wallet' })
export const walletList = z
  .strictObject({ wallets: z.array(wallet).describe('By currency; one comes with its first use') })
  .meta({ id: 'Wallets' })

export const movementQuery = z.strictObject({
  before: z
    .string()
    .regex(/^[1-9]\d{0,17}$/)
    .optional()
    .describe('`next` of the page before'),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/)
    .default('50')
    .describe('Movements on a page, at most 100'),
})

const movement = z
  .strictObject({
    position: z.string().describe('Counts the movements of the wallet, without a hole'),
    at: instant,
    amount: figure.describe('Negative for what went out'),
    balance: figure.describe('After it'),
    payment,
    kind: text.describe('`payment`, `top-up`, `payout`, `exchange` and what else the hub books'),
    reference: text.describe('The id of what it was for'),
    counterparty: text.nullable().describe('Whose wallet was on the other side, by name'),
  })
  .meta({ id: 'Movement' })
export const movementList = z
  .strictObject({
    movements: z.array(movement).describe('The latest first'),
    next: text.nullable().describe('Send it as `before` for the next page'),
  })
  .meta({ id: 'Movements' })

export const sentRequest = z
  .strictObject({
    currency,
    amount: z.string().max(40).optional().describe('Left out, the payer says how much, each time'),
    purpose: z.string().max(1_000).default('').describe('The payer reads it; at most 140 signs'),
  })
  .meta({ id: 'SentPaymentRequest' })

export const shownRequest = z
  .strictObject({
    code: z.string().describe('Nine signs that name the request; not a secret'),
    state: z.enum(['open', 'paid', 'cancelled', 'expired']),
    currency,
    amount: figure.nullable(),
    purpose: text,
    link: z.string().describe('The page to pay it on'),
    madeAt: instant,
    expiresAt: instant.nullable(),
    endedAt: instant.nullable(),
    payment: payment.nullable(),
  })
  .meta({ id: 'PaymentRequest' })

export const sentPayment = z
  .strictObject({
    code: z.string().max(40).describe('Of the request; any case, hyphens as you like'),
    amount: z.string().max(40).describe('As you know it: another than is asked for is refused'),
    currency,
  })
  .meta({ id: 'SentPayment' })

export const madePayment = z
  .strictObject({ payment, code: text, amount: figure, currency, at: instant })
  .meta({ id: 'Payment' })

export const commandHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .describe(
      'A key of your own for this one command; sending the same again gives the same answer, byte for byte',
    ),
})

export const paymentParts = [wallet, movement]
