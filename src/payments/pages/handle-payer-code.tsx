/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { formatMinor } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import type { Holder } from '../../ledger/index.ts'
import { namesOf, signedInActor } from '../../parties/index.ts'
import type { FieldError, Followers } from '../../ui/index.ts'
import type { PaymentParts } from '../parts.ts'
import { isHubHost } from '../qr/hub-host.ts'
import { qrPicture } from '../qr/qr-picture.ts'
import * as codes from '../till/payer-codes.ts'
import { errorOf } from '../words.ts'
import { followUntil } from './follow.ts'
import { CodeUsedPage, PayerCodePage } from './payer-code-page.tsx'
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

/** A new code each time the page is loaded; right after a payment, the payment, until a code `after` it is asked for. */
export async function showCode(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { kysely } = parts.db
  const ceiling = await codes.findCeiling(kysely, parts.hub.id, purse.holder)
  if (!ceiling) return codePage(c, parts, purse, undefined)
  const last = await codes.findPayerCode(kysely, parts.hub.id, purse.holder)
  const isNews = last?.usedAt !== undefined && parts.now() - last.usedAt < toldFor
  return isNews && c.req.query('after') !== last.id
    ? usedPage(c, parts, purse, last)
    : codePage(c, parts, purse, ceiling)
}

async function usedPage(
  c: Context,
  { db, hub }: PaymentParts,
  purse: Purse,
  { id: code, payee = '', amount = 0n, currency }: codes.PayerCode,
): Promise<Response> {
  const [, kind, id = ''] = payee.split(':')
  const holder: Holder = { kind: kind === 'person' ? 'person' : 'business', id }
  const name = (await namesOf(db.kysely, hub.id, [holder])).get(id) ?? ''
  return c.html(
    <CodeUsedPage {...{ reader: readerOf(c), purse, code, payee: name, paid: amount, currency }} />,
  )
}

async function codePage(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  ceiling: codes.Ceiling | undefined,
  errors: readonly FieldError[] = [],
  typed = ceiling
    ? { amount: formatMinor(ceiling.ceiling, ceiling.currency), currency: ceiling.currency }
    : { amount: '', currency: parts.currency() },
): Promise<Response> {
  const reader = readerOf(c)
  const { personId } = signedInActor(c)
  const made =
    ceiling && errors.length === 0
      ? await codes.newPayerCode(parts, purse.holder, personId, ceiling, hubHostOf(c))
      : undefined
  const title = reader.language.t('payments.code.title')
  const code = made && { ...made, picture: await qrPicture(made.text, title) }
  return c.html(
    <PayerCodePage {...{ reader, purse, ceiling, code, errors, typed }} />,
    errors.length > 0 ? 422 : 200,
  )
}

export async function setCeiling(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const typed = { amount: text('amount'), currency: text('currency') }
  const { personId } = signedInActor(c)
  const set = await codes.setCeiling(parts, purse.holder, personId, typed)
  if (!isRefused(set)) {
    const last = await codes.findPayerCode(parts.db.kysely, parts.hub.id, purse.holder)
    return c.redirect(`${purse.base}/code${last ? `?after=${last.id}` : ''}`, 303)
  }
  const errors = [errorOf(readerOf(c).language, set.refused, set.facts)]
  const before = await codes.findCeiling(parts.db.kysely, parts.hub.id, purse.holder)
  return codePage(c, parts, purse, before, errors, typed)
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
