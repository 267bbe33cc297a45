/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { formatMinor, typedAmount } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import type { Holder } from '../../ledger/index.ts'
import { namesOf, signedInActor } from '../../parties/index.ts'
import type { Followers } from '../../ui/index.ts'
import type { PaymentParts } from '../parts.ts'
import { isHubHost } from '../qr/hub-host.ts'
import { qrPicture } from '../qr/qr-picture.ts'
import * as codes from '../till/payer-codes.ts'
import { errorOf } from '../words.ts'
import { followUntil } from './follow.ts'
import { CodeUsedPage, PayerCodePage, type PayerCodePageProps } from './payer-code-page.tsx'
import { purseOf, type Purse } from './purse.ts'
import { readText } from './read-form.ts'
import { readerOf } from './shell.tsx'

/** For so long a payer is told that the code was used, before there is another. */
const toldFor = 5 * 60_000

/** The host that codes of this hub name; an address without a name that a code can hold stands as one. */
export function hubHostOf(c: Context): string {
  const origin = (c.get('origin') as string | undefined) ?? c.req.url
  const { host } = new URL(origin)
  return isHubHost(host) ? host : 'localhost'
}

/** Looking makes no code, so that no link from elsewhere takes away the one that is shown. Right after a payment, the payment. */
export async function showCode(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { kysely } = parts.db
  const ceiling = await codes.findCeiling(kysely, parts.hub.id, purse.holder)
  const last = await codes.findPayerCode(kysely, parts.hub.id, purse.holder)
  const isNews = last?.usedAt !== undefined && parts.now() - last.usedAt < toldFor
  return isNews ? usedPage(c, parts, purse, last) : codePage(c, parts, { purse, ceiling })
}

async function newCodePage(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  ceiling: codes.Ceiling,
): Promise<Response> {
  const { personId } = signedInActor(c)
  const made = await codes.newPayerCode(parts, purse.holder, personId, ceiling, hubHostOf(c))
  const picture = await qrPicture(made.text, readerOf(c).language.t('payments.code.title'))
  return codePage(c, parts, { purse, ceiling, code: { ...made, picture } })
}

async function usedPage(
  c: Context,
  { db, hub }: PaymentParts,
  purse: Purse,
  { payee = '', amount = 0n, currency }: codes.PayerCode,
): Promise<Response> {
  const [, kind, id = ''] = payee.split(':')
  const holder: Holder = { kind: kind === 'person' ? 'person' : 'business', id }
  const name = (await namesOf(db.kysely, hub.id, [holder])).get(id) ?? ''
  return c.html(
    <CodeUsedPage {...{ reader: readerOf(c), purse, payee: name, paid: amount, currency }} />,
  )
}

type Shown = Pick<PayerCodePageProps, 'purse' | 'ceiling'> &
  Partial<Pick<PayerCodePageProps, 'code' | 'errors' | 'typed'>>

function codePage(
  c: Context,
  parts: PaymentParts,
  { purse, ceiling, code, errors = [], typed: again }: Shown,
): Response | Promise<Response> {
  const reader = readerOf(c)
  const typed = again ?? {
    currency: ceiling?.currency ?? parts.currency(),
    amount: ceiling ? formatMinor(ceiling.ceiling, ceiling.currency) : '',
  }
  return c.html(
    <PayerCodePage {...{ reader, purse, ceiling, code, errors, typed }} />,
    errors.length > 0 ? 422 : 200,
  )
}

/** A code in the place of the last one. The form may say anew how much it may pay. */
export async function makeCode(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const typed = { amount: typedAmount(text('amount')), currency: text('currency') }
  const before = await codes.findCeiling(parts.db.kysely, parts.hub.id, purse.holder)
  if (before && typed.currency === '') return newCodePage(c, parts, purse, before)
  const { personId } = signedInActor(c)
  const set = await codes.setCeiling(parts, purse.holder, personId, typed)
  if (!isRefused(set)) return newCodePage(c, parts, purse, set)
  const errors = [errorOf(readerOf(c).language, set.refused, set.facts)]
  return codePage(c, parts, { purse, ceiling: before, errors, typed })
}

/** Says when the code was used, or its time is over. */
export async function followCode(
  c: Context,
  parts: PaymentParts,
  followers: Followers,
): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { code, until = '' } = c.req.query()
  const over = /^\d{1,15}$/.test(until) ? Number(until) : 0
  return followUntil(c, parts, followers, async () => {
    const last = await codes.findPayerCode(parts.db.kysely, parts.hub.id, purse.holder)
    return parts.now() >= over || (last?.id === code && last?.usedAt !== undefined)
  })
}
