/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { typedAmount } from '../../basis/money.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { signedInActor } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import type { PaymentParts } from '../parts.ts'
import { readAmount } from '../payment-request.ts'
import {
  askTransfers,
  bankAmong,
  findReasons,
  isBankRail,
  sendTransfer,
  takeWebhook,
  type Ask,
  type RailParts,
  type Transfer,
} from '../rails/rails.ts'
import { readPayee, writePayee } from '../rails/bank/payee.ts'
import { errorOf } from '../words.ts'
import { nobody } from './bank-payout.tsx'
import { walletPage } from './handle-wallet.tsx'
import { nextOf, withNext } from './next.ts'
import { purseOf, type Purse } from './purse.ts'
import { RailsSection, type RailsSectionProps } from './rails-section.tsx'
import { readText } from './read-form.ts'
import { readerOf } from './shell.tsx'

type Shown = {
  errors: readonly FieldError[]
  typed?: RailsSectionProps['typed'] | undefined
  currency: string
  transfers: readonly Transfer[]
}

/** The part of a wallet's page that brings money in and out. */
export async function railsSection(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  { errors, typed, currency, transfers }: Shown,
) {
  const id = (): string => uuidv7(parts.now(), parts.random)
  const nothing = { kind: '', rail: '', currency, amount: '', to: '', payee: nobody }
  const told = transfers.filter((each) => each.fault === 'operator-failed' || isBankRail(each.rail))
  return (
    <RailsSection
      language={readerOf(c).language}
      {...{
        purse,
        errors,
        next: nextOf(c),
        typed: typed ?? nothing,
        keys: { in: id(), out: id(), bank: id() },
      }}
      rails={[...parts.rails.rails.keys()].filter((name) => !isBankRail(name))}
      bank={bankAmong(parts.rails.rails)}
      {...{ transfers }}
      reasons={await findReasons(
        parts.db.kysely,
        told.map((each) => each.id),
      )}
    />
  )
}

/** Asks a provider for money or to take some; leads on to the provider where it wants to see the person. */
export async function moveMoney(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const typed = {
    ...{ kind: text('kind'), rail: text('rail'), currency: text('currency') },
    ...{ amount: typedAmount(text('amount')), to: text('to') },
    payee: {
      ...{ name: text('payee-name'), town: text('payee-town'), country: text('payee-country') },
      ...{ account: text('payee-account'), bank: text('payee-bank') },
    },
  }
  const { language } = readerOf(c)
  const again = (code: string, facts = {}) =>
    walletPage(c, parts, purse, { errors: [errorOf(language, code, facts)], typedRails: typed })
  const amount = readAmount(typed.amount, typed.currency)
  if (isRefused(amount)) return again(amount.refused, amount.facts)
  const to = destinationOf(parts, typed)
  if (isRefused(to)) return again(to.refused, to.facts)
  const key = text('key')
  if (!isUuid(key) || (typed.kind !== 'top-up' && typed.kind !== 'payout')) return again('refused')
  const origin = (c.get('origin') as string | undefined) ?? new URL(c.req.url).origin
  const { rail, currency } = typed
  const back = withNext(`${purse.base}?currency=${currency}`, nextOf(c))
  // The sender's key names the command; ids in the books are our own.
  const id = uuidv7(parts.now(), parts.random)
  const common = { id, holder: purse.holder, rail, currency, amount }
  const body: Ask =
    typed.kind === 'top-up'
      ? { ...common, kind: 'top-up', returnUrl: origin + back }
      : { ...common, kind: 'payout', to }
  const request = JSON.stringify([typed.kind, purse.holder, rail, currency, String(amount), to])
  const { personId } = signedInActor(c)
  const command = { actor: personId, kind: typed.kind, key, request, body }
  const [answer] = await askTransfers(parts.rails, [command], parts.now())
  if (answer?.answer !== 'done') return again('refused')
  const said = JSON.parse(answer.outcome.body) as { code?: string; transfer?: string }
  if (answer.outcome.status !== 201) return again(said.code ?? 'refused', said)
  const transfer = await sendTransfer(parts.rails, said.transfer ?? id)
  // A form of ours leads to no other site (form-action of the page's policy): the wallet has the link.
  const onward = transfer?.continueUrl
  return c.redirect(onward && !isElsewhere(onward, origin) ? onward : back, 303)
}

/** As the rail names it: a payee at a bank, read from its own fields. */
function destinationOf(
  { rails }: PaymentParts,
  { rail, to, payee }: RailsSectionProps['typed'],
): string | Refused {
  const { bank } = rails.rails.get(rail) ?? {}
  if (!bank) return to
  const read = readPayee(payee, bank.characters)
  return isRefused(read) ? read : writePayee(read)
}

export const isElsewhere = (url: string, origin: string): boolean =>
  URL.parse(url, origin)?.origin !== origin

/** A provider's callback: its signature is the only thing that lets it in. */
export async function takeCallback(c: Context, rails: RailParts): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer())
  const taken = await takeWebhook(rails, c.req.param('rail') ?? '', c.req.raw.headers, body)
  if (!isRefused(taken)) return c.json({ events: taken.events })
  return c.json({ code: taken.refused }, taken.refused === 'no-such-rail' ? 404 : 400)
}
