/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { parseAmount, typedAmount } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { Overloaded } from '../../db/index.ts'
import { findMovementOf, findWallets, walletAccount, type Holder } from '../../ledger/index.ts'
import {
  actorOf,
  blockedAmong,
  findBusiness,
  findPerson,
  signedInActor,
} from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import { findRequest } from '../find-requests.ts'
import type { PaymentParts } from '../parts.ts'
import { readAmount, whyEnded, type PaymentRequest } from '../payment-request.ts'
import { paymentKind } from '../pay.ts'
import { hubPaymentIn } from '../qr/hub-account.ts'
import { readPayLink } from '../qr/deep-link.ts'
import { readSellerCode } from '../qr/read-seller-code.ts'
import { readShortCode } from '../qr/short-code.ts'
import { errorOf } from '../words.ts'
import { CodePage, EndedPage, PaidPage, PayPage } from './pay-page.tsx'
import { pursesToPayFrom, type Purse } from './purse.ts'
import { readText } from './read-form.ts'
import { readerOf } from './shell.tsx'

export const showCode = (c: Context): Response | Promise<Response> =>
  c.html(<CodePage reader={readerOf(c)} errors={[]} typed="" />)

/** What was typed or scanned: a short code, a link of this hub, or a seller's code that names a payment of this hub. */
export async function takeCode(c: Context): Promise<Response> {
  const typed = (await readText(c))('code')
  const { origin, hostname } = new URL(originOf(c))
  const code = codeIn(typed, origin, hostname)
  if (!isRefused(code)) return c.redirect(`/pay/${code}`, 303)
  const reader = readerOf(c)
  const errors = [errorOf(reader.language, code.refused, code.facts)]
  return c.html(<CodePage {...{ reader, errors, typed }} />, 422)
}

function codeIn(typed: string, origin: string, host: string): ReturnType<typeof readShortCode> {
  if (/^https?:/i.test(typed)) return readPayLink(typed, origin)
  if (!typed.startsWith('0002')) return readShortCode(typed)
  const read = readSellerCode(typed)
  if (isRefused(read)) return read
  const ours = hubPaymentIn(read)
  if (ours === undefined) return { refused: 'link-not-ours', facts: {} }
  if (isRefused(ours)) return ours
  return ours.hubHost === host ? ours.code : { refused: 'link-not-ours', facts: {} }
}

const originOf = (c: Context): string =>
  (c.get('origin') as string | undefined) ?? new URL(c.req.url).origin

export async function showPay(c: Context, parts: PaymentParts): Promise<Response> {
  const code = readShortCode(c.req.param('code') ?? '')
  const request = isRefused(code)
    ? undefined
    : await findRequest(parts.db.kysely, parts.hub.id, code)
  return request ? payPage(c, parts, request, []) : ended(c, 'unknown', 404)
}

const ended = (
  c: Context,
  why: 'paid' | 'cancelled' | 'expired' | 'unknown' | 'blocked',
  status: 200 | 404 | 409,
) => c.html(<EndedPage reader={readerOf(c)} why={why} />, status)

async function payPage(
  c: Context,
  parts: PaymentParts,
  request: PaymentRequest,
  errors: readonly FieldError[],
  typed = { amount: '', from: '', key: '' },
): Promise<Response> {
  const why = whyEnded(request, parts.now())
  if (why) return ended(c, why, 200)
  const payee = await payeeOf(parts, request.payee)
  if (payee.blocked) return ended(c, 'blocked', 200)
  const purses = actorOf(c) ? await pursesToPayFrom(c, parts) : undefined
  const free = async ({ holder }: Purse): Promise<bigint> => {
    const wallets = await findWallets(parts.db.kysely, holder)
    const wallet = wallets.find(({ currency }) => currency === request.currency)
    return wallet ? wallet.balance - wallet.held : 0n
  }
  const others = purses?.filter(({ holder }) => holder.id !== request.payee.id)
  return c.html(
    <PayPage
      {...{ reader: readerOf(c), request, payee: payee.name, errors, typed }}
      formKey={typed.key || uuidv7(parts.now(), parts.random)}
      purses={
        others &&
        (await Promise.all(
          others.map(async (purse) => ({
            value: `${purse.holder.kind}:${purse.holder.id}`,
            name: purse.name,
            free: await free(purse),
          })),
        ))
      }
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** Who is paid, as the payer knows them; `blocked`: an officer has forbidden to trade with them. */
async function payeeOf(
  { db, hub }: PaymentParts,
  { kind, id }: Holder,
): Promise<{ name: string; blocked: boolean }> {
  const blocked = (await blockedAmong(db.kysely, hub.id, [{ kind, id }])).has(id)
  const found =
    kind === 'person'
      ? await findPerson(db.kysely, hub.id, id)
      : await findBusiness(db.kysely, hub.id, id)
  return { name: found?.name ?? '', blocked }
}

/** Pays once, however often the form is sent: its key was made with the page. */
export async function pay(c: Context, parts: PaymentParts): Promise<Response> {
  const text = await readText(c)
  const code = readShortCode(c.req.param('code') ?? '')
  const request = isRefused(code)
    ? undefined
    : await findRequest(parts.db.kysely, parts.hub.id, code)
  if (!request) return ended(c, 'unknown', 404)
  const { language } = readerOf(c)
  const newKey = (): string => uuidv7(parts.now(), parts.random)
  const typed = { amount: typedAmount(text('amount')), from: text('from'), key: text('key') }
  const again = (no: string, facts = {}, key = typed.key) =>
    payPage(c, parts, request, [errorOf(language, no, facts)], { ...typed, key })
  const currency = text('currency')
  const amount = parseAmount(typed.amount, currency) ?? readAmount(typed.amount, request.currency)
  if (isRefused(amount)) return again(amount.refused, amount.facts)
  const purse = (await pursesToPayFrom(c, parts)).find(
    ({ holder }) => `${holder.kind}:${holder.id}` === typed.from,
  )
  if (!purse || !isUuid(typed.key)) return again('refused', {}, newKey())
  const { personId } = signedInActor(c)
  const payer = purse.holder
  // The sender's key names the command; ids in the books are our own.
  const body = { payer, code: request.code, amount, currency, entry: newKey() }
  const asked = JSON.stringify([payer, request.code, String(amount), currency])
  const command = { actor: personId, kind: paymentKind, key: typed.key, request: asked, body }
  const answer = await parts.pay(command).catch((error: unknown) => {
    if (error instanceof Overloaded) return undefined
    throw error
  })
  if (!answer || answer.answer === 'at-work') {
    c.header('retry-after', '1')
    return c.text(language.t('payments.error.busy'), 503)
  }
  if (answer.answer === 'key-of-another-request') return again('refused', {}, newKey())
  const said = JSON.parse(answer.outcome.body) as { code: string; payment?: string }
  // A refusal is kept under its key: whoever tries again, with more money, does so under another.
  if (answer.outcome.status !== 201) return again(said.code, said, newKey())
  return c.redirect(`/pay/${request.code}/paid?entry=${said.payment}`, 303)
}

/** What somebody has just paid; nobody else's payment is found. */
export async function showPaid(c: Context, parts: PaymentParts): Promise<Response> {
  const code = readShortCode(c.req.param('code') ?? '')
  const request = isRefused(code)
    ? undefined
    : await findRequest(parts.db.kysely, parts.hub.id, code)
  const entry = c.req.query('entry') ?? ''
  if (!request || !isUuid(entry)) return ended(c, 'unknown', 404)
  const purses = await pursesToPayFrom(c, parts)
  for (const { holder, base } of purses) {
    const account = walletAccount(holder, request.currency)
    const movement = await findMovementOf(parts.db.kysely, account, entry)
    if (!movement) continue
    const payee = await payeeOf(parts, request.payee)
    return c.html(
      <PaidPage
        {...{ reader: readerOf(c), payee: payee.name, currency: request.currency }}
        paid={-movement.amount}
        left={movement.balance}
        wallet={`${base}?currency=${request.currency}`}
      />,
    )
  }
  return ended(c, 'unknown', 404)
}
