/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { formatMinor, typedAmount } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { namesOf, signedInActor } from '../../parties/index.ts'
import type { FieldError, Language, MessageKey } from '../../ui/index.ts'
import { readText } from '../pages/read-form.ts'
import { readerOf } from '../pages/shell.tsx'
import type { PaymentParts } from '../parts.ts'
import { readAmount } from '../payment-request.ts'
import {
  askProviderAgain,
  findSettlements,
  findTransfer,
  settleTransfers,
  waysToSettle,
  type Transfer,
} from '../rails/rails.ts'
import { moneyText } from '../words.ts'
import { outcomeOf } from './handle-bank-desk.tsx'
import { TransferPage, type TypedSettlement } from './transfer-page.tsx'

const base = '/operator/money/transfers'

type Shown = { errors?: readonly FieldError[]; typed?: TypedSettlement; asked?: string }

/** GET /operator/money/transfers/:transfer: one transfer, and what can be said of it. */
export const showTransfer = (c: Context, parts: PaymentParts): Promise<Response> =>
  page(c, parts, {})

async function page(
  c: Context,
  parts: PaymentParts,
  { errors = [], typed }: Shown,
): Promise<Response> {
  const transfer = await transferOf(c, parts)
  if (!transfer) return c.notFound() as Response
  const db = parts.db.kysely
  const [names, settlements] = await Promise.all([
    namesOf(db, parts.hub.id, [transfer.holder]),
    findSettlements(db, transfer.id),
  ])
  const amount = formatMinor(transfer.amount, transfer.currency)
  return c.html(
    <TransferPage
      {...{ reader: readerOf(c), transfer, settlements, errors }}
      name={names.get(transfer.holder.id) ?? ''}
      ways={waysToSettle(transfer, parts.now())}
      typed={typed ?? { outcome: '', amount, reason: '' }}
      asked={c.req.query('asked')}
      formKey={uuidv7(parts.now(), parts.random)}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

async function transferOf(c: Context, { db }: PaymentParts): Promise<Transfer | undefined> {
  const id = c.req.param('transfer') ?? ''
  return isUuid(id) ? findTransfer(db.kysely, id) : undefined
}

/** POST /operator/money/transfers/:transfer/ask: the worker asks the provider how things stand. */
export async function askAgain(c: Context, parts: PaymentParts): Promise<Response> {
  const transfer = await transferOf(c, parts)
  if (!transfer) return c.notFound() as Response
  const isAsked = await askProviderAgain(parts.rails, transfer.id)
  return c.redirect(`${base}/${transfer.id}?asked=${isAsked ? 'yes' : 'no'}`, 303)
}

/** POST /operator/money/transfers/:transfer: the operator's word, booked at once. */
export async function settle(c: Context, parts: PaymentParts): Promise<Response> {
  const transfer = await transferOf(c, parts)
  if (!transfer) return c.notFound() as Response
  const text = await readText(c)
  const typed = {
    outcome: text('outcome'),
    amount: typedAmount(text('amount')),
    reason: text('reason'),
  }
  const { language } = readerOf(c)
  const again = (no: Refused) => page(c, parts, { errors: [errorOf(language, no)], typed })
  const { outcome, reason } = typed
  if (!isOutcome(outcome)) return again(refused('outcome-missing'))
  const isOfMoney = outcome === 'moved' || outcome === 'taken-back'
  const amount = isOfMoney ? readAmount(typed.amount, transfer.currency) : 0n
  if (isRefused(amount)) return again(amount)
  const { personId, businesses } = signedInActor(c)
  const own = [personId, ...businesses.keys()]
  const body = { transfer: transfer.id, outcome, amount, reason, own }
  const request = JSON.stringify([transfer.id, outcome, String(amount), reason])
  const key = text('key')
  const command = { actor: personId, kind: 'settle-transfer', key, request, body }
  const [answer] = isUuid(key) ? await settleTransfers(parts.rails, [command], parts.now()) : []
  const said = outcomeOf(answer)
  return isRefused(said) ? again(said) : c.redirect(`${base}/${transfer.id}`, 303)
}

const outcomes = ['moved', 'not-moved', 'taken-back', 'kept'] as const
const isOutcome = (text: string): text is (typeof outcomes)[number] =>
  (outcomes as readonly string[]).includes(text)

const places: Readonly<Record<string, readonly [field: string, key: MessageKey]>> = {
  'outcome-missing': ['outcome', 'payments.settle.error.outcome'],
  'nothing-to-settle': ['outcome', 'payments.settle.error.nothing'],
  'own-transfer': ['outcome', 'payments.settle.error.own'],
  'at-the-bank-desk': ['outcome', 'payments.settle.error.bank'],
  'amount-not-valid': ['amount', 'payments.settle.error.amount'],
  'amount-too-large': ['amount', 'payments.error.tooLarge'],
  'more-than-came': ['amount', 'payments.settle.error.left'],
  'not-enough-money': ['amount', 'payments.error.notEnough'],
  'reason-missing': ['reason', 'payments.settle.error.reason'],
  'reason-too-long': ['reason', 'payments.settle.error.reason'],
}

function errorOf(language: Language, { refused: code, facts }: Refused): FieldError {
  const [field, key] = places[code] ?? ['outcome', 'payments.error.refused']
  const { currency } = facts
  const money = (name: string): string => {
    const amount = facts[name]
    return typeof currency === 'string' && typeof amount === 'string'
      ? moneyText(language, BigInt(amount), currency)
      : ''
  }
  const values = { code, left: money('left'), missing: money('missing') }
  return { field, message: language.t(key, { ...values, most: Number(facts['most'] ?? 500) }) }
}
