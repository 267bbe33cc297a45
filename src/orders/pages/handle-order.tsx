/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { cutText } from '../../basis/clean-text.ts'
import { parseAmount, typedAmount } from '../../basis/money.ts'
import { refused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { Overloaded, type Answer } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { follow, type FieldError, type Followers } from '../../ui/index.ts'
import { proposeMove } from '../elsewhere/follow-hubs.ts'
import { findOrder } from '../find-orders.ts'
import { moveCommand, type MoveOrder } from '../life/move-orders.ts'
import { claimCommand, payClaims } from '../life/pay-claim.ts'
import { moves, type Fault, type MoveName } from '../order.ts'
import type { OrderDesk } from '../parts.ts'
import { refusalSentence } from '../words.ts'
import { asksAmount, asksReason, noTyping, type TypedMove } from './move-forms.tsx'
import { OrderPage } from './order-page.tsx'
import { viewOrder } from './order-view.ts'
import { readForm, type Form } from './read-form.ts'
import { readerOf } from './shell.tsx'
import type { Side, SideOf } from './side.ts'

export async function showOrder(c: Context, parts: OrderDesk, sideOf: SideOf): Promise<Response> {
  const side = await sideOf(c, parts)
  return side ? orderPage(c, parts, side) : (c.notFound() as Response)
}

type Again = {
  readonly errors: readonly FieldError[]
  readonly typed?: TypedMove
  readonly words?: string
}

export async function orderPage(
  c: Context,
  parts: OrderDesk,
  { order, role, base, list, payer, refusal }: Side,
  { errors, typed = noTyping, words = '' }: Again = { errors: [] },
): Promise<Response> {
  const reader = readerOf(c)
  const view = await viewOrder(parts, order)
  return c.html(
    <OrderPage
      {...{ reader, view, role, base, errors, typed, words }}
      list={{ href: list.href, label: reader.language.t(list.label) }}
      keyFor={() => uuidv7(parts.now(), parts.random)}
      mayMake={(move) => refusal(move) === undefined}
      isOwnMatter={refusal('settle') !== undefined}
      mayPay={payer !== undefined}
      wasMoved={c.req.query('moved') !== undefined}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** Says when the order is not any more as the page shows it. */
export async function followOrder(
  c: Context,
  parts: OrderDesk,
  sideOf: SideOf,
  followers: Followers,
): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const shown = c.req.query('moves')
  const { personId } = signedInActor(c)
  const options = { followers, personId, most: 6, everyMs: 500, sleep: parts.sleep }
  return follow(c, options, async () => {
    const order = await findOrder(parts.db.kysely, parts.hub.id, side.order.id)
    return { ended: String(order?.moves) !== shown }
  })
}

/** Makes a move of the reader's role, once, however often its form is sent. */
export async function moveOrder(c: Context, parts: OrderDesk, sideOf: SideOf): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const form = await readForm(c)
  const move = form.text('move')
  if (!isMove(move)) return c.redirect(side.base, 303)
  const typed = typedIn(form, move)
  const again = (no: Refused, field: string) => {
    const language = readerOf(c).language
    const facts = { currency: side.order.currency, ...no.facts }
    const message = refusalSentence(language, { ...no, facts })
    return orderPage(c, parts, side, { errors: [{ field: `${move}-${field}`, message }], typed })
  }
  const withheld = side.refusal(move)
  if (withheld) return again(withheld, 'reason')
  const fault = faults.find((each) => each === typed.fault)
  const refund = asksAmount(move) ? parseAmount(typed.refund, side.order.currency) : undefined
  if (asksReason(move) && typed.reason === '') return again(refused('reason-missing'), 'reason')
  if (asksAmount(move) && refund === undefined) return again(refused('refund-missing'), 'refund')
  const body: MoveOrder = {
    ...{ order: side.order.id, move, role: side.role, entry: uuidv7(parts.now(), parts.random) },
    ...(typed.consignment === '' ? {} : { consignment: typed.consignment }),
    ...(typed.reason === '' ? {} : { reason: typed.reason }),
    ...(fault === undefined ? {} : { fault }),
    ...(refund === undefined ? {} : { refund }),
  }
  const { personId } = signedInActor(c)
  const key = form.text('key')
  if (!isUuid(key)) return c.redirect(side.base, 303)
  const isHere = side.order.buyer.hub === parts.hub.id
  const answer = await orBusy(
    isHere
      ? parts.move(moveCommand(personId, key, body))
      : proposeMove(parts, side.order, { actor: personId, key, body }),
  )
  return answered(c, answer, side, (no) => again(no, fieldOf[no.refused] ?? 'reason'))
}

const isMove = (text: string): text is MoveName => Object.hasOwn(moves, text)
const faults: readonly Fault[] = ['buyer', 'seller', 'carrier']
const fieldOf: Readonly<Record<string, string>> = {
  'fault-missing': 'fault',
  'refund-missing': 'refund',
  'refund-not-valid': 'refund',
  'refund-too-small': 'refund',
  'too-many-refunds': 'refund',
  'fault-not-lawful': 'fault',
}

const typedIn = (form: Form, move: MoveName): TypedMove => ({
  move,
  reason: cutText(form.lines(`${move}-reason`), 1000),
  consignment: cutText(form.text(`${move}-consignment`), 40),
  fault: form.text(`${move}-fault`),
  refund: typedAmount(form.text(`${move}-refund`)),
})

const orBusy = (asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Overloaded) return undefined
    throw error
  })

/** Back to the order, or the same page with what went wrong. */
function answered(
  c: Context,
  answer: Answer | undefined,
  { base }: Side,
  again: (no: Refused) => Promise<Response>,
): Response | Promise<Response> {
  if (!answer || answer.answer === 'at-work') {
    c.header('retry-after', '1')
    return c.text(readerOf(c).language.t('orders.error.busy'), 503)
  }
  if (answer.answer === 'key-of-another-request') return c.redirect(base, 303)
  if (answer.outcome.status === 201) return c.redirect(`${base}?moved`, 303)
  const { code = 'refused', ...facts } = JSON.parse(answer.outcome.body) as Record<string, string>
  return again(refused(code, facts))
}

/** Pays what the reader's side owes by a decision, from the wallet of that side. */
export async function payClaim(c: Context, parts: OrderDesk, sideOf: SideOf): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const form = await readForm(c)
  const [key, number] = [form.text('key'), form.text('claim')]
  if (!side.payer || !isUuid(key) || !/^\d{1,3}$/.test(number)) return c.redirect(side.base, 303)
  const { personId } = signedInActor(c)
  const command = claimCommand(personId, key, {
    ...{ order: side.order.id, number: Number(number), payer: side.payer },
    entry: uuidv7(parts.now(), parts.random),
  })
  const [answer] = await payClaims(parts, [command], parts.now())
  return answered(c, answer, side, (no) => {
    const message = refusalSentence(readerOf(c).language, no)
    return orderPage(c, parts, side, { errors: [{ field: 'claims', message }] })
  })
}
