/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { typedAmount } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import {
  findMovementOf,
  findOtherWallets,
  findWallets,
  walletAccount,
  type Holder,
} from '../../ledger/index.ts'
import { namesOf, signedInActor } from '../../parties/index.ts'
import type { PaymentParts } from '../parts.ts'
import { readAmount } from '../payment-request.ts'
import { asSigns } from '../qr/crockford.ts'
import { readPayerCode } from '../qr/payer-code.ts'
import { hexOf } from '../till/payer-codes.ts'
import { takeKind } from '../till/take-payment.ts'
import { errorOf } from '../words.ts'
import { hubHostOf } from './handle-payer-code.tsx'
import { purseOf, type Purse } from './purse.ts'
import { readText } from './read-form.ts'
import { busy, sendCommand } from './send-command.ts'
import { readerOf } from './shell.tsx'
import { TillPage } from './till-page.tsx'

/** Where a payment is taken by the code on the payer's screen; after one, what was taken. */
export async function showTill(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { currency, entry = '' } = c.req.query()
  const wallets = await findWallets(parts.db.kysely, purse.holder)
  const usual =
    wallets.find((each) => each.currency === currency)?.currency ?? parts.currency(purse.country)
  const taken = isUuid(entry) ? await takenBy(parts, purse.holder, usual, entry) : undefined
  return tillPage(c, parts, purse, { taken, typed: { amount: '', currency: usual, code: '' } })
}

async function takenBy({ db, hub }: PaymentParts, payee: Holder, currency: string, entry: string) {
  const account = walletAccount(payee, currency)
  const movement = await findMovementOf(db.kysely, account, entry)
  if (!movement || movement.amount <= 0n) return undefined
  const payer = (await findOtherWallets(db.kysely, account, [entry])).get(entry)
  const names = await namesOf(db.kysely, hub.id, payer ? [payer] : [])
  return { payer: names.get(payer?.id ?? '') ?? '', amount: movement.amount, currency }
}

type Till = Parameters<typeof TillPage>[0]

const tillPage = (
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  { taken, typed, errors = [] }: Pick<Till, 'typed'> & Partial<Pick<Till, 'taken' | 'errors'>>,
) =>
  c.html(
    <TillPage
      {...{ reader: readerOf(c), purse, taken, errors, typed }}
      formKey={uuidv7(parts.now(), parts.random)}
    />,
    errors.length > 0 ? 422 : 200,
  )

/** The whole text of a code, or only its secret as a person reads it out. */
function codeIn(typed: string, hubHost: string): Refused | string {
  const text = typed.includes('/') ? typed : `EWTP1/${hubHost}/${asSigns(typed)}`
  const read = readPayerCode(text)
  if (isRefused(read)) return read
  return read.hubHost === hubHost ? hexOf(read.hash) : refused('payer-code-of-another-hub')
}

/** Takes a payment once, however often the form is sent: its key was made with the page. */
export async function take(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const typed = {
    amount: typedAmount(text('amount')),
    currency: text('currency'),
    code: text('code'),
  }
  const again = (no: Refused) => {
    const errors = [errorOf(readerOf(c).language, no.refused, no.facts)]
    return tillPage(c, parts, purse, { typed, errors })
  }
  const { currency } = typed
  const amount = readAmount(typed.amount, currency)
  if (isRefused(amount)) return again(amount)
  const codeHash = codeIn(typed.code, hubHostOf(c))
  if (isRefused(codeHash)) return again(codeHash)
  const key = text('key')
  if (!isUuid(key)) return again(refused('refused'))
  const payee = purse.holder
  const sent = await sendCommand(parts.take, {
    ...{ actor: signedInActor(c).personId, kind: takeKind, key },
    request: JSON.stringify([payee, codeHash, currency, String(amount)]),
    // The form's key names the command; ids in the books are our own.
    body: { payee, codeHash, currency, amount, entry: uuidv7(parts.now(), parts.random) },
  })
  if (sent === 'busy') return busy(c)
  if (isRefused(sent)) return again(sent)
  return c.redirect(`${purse.base}/till?currency=${currency}&entry=${String(sent['payment'])}`, 303)
}
