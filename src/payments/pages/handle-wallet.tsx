/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isCurrency, minorDigits } from '../../basis/currency.ts'
import { isDay } from '../../basis/day.ts'
import { typedAmount } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import {
  findMovements,
  findSpan,
  findWallets,
  toCamt053,
  toCsv,
  walletAccount,
} from '../../ledger/index.ts'
import { limits, signedInActor } from '../../parties/index.ts'
import type { FieldError, Followers } from '../../ui/index.ts'
import { askForMoney, cancelRequest } from '../ask-for-money.ts'
import { findLeft } from '../limits/find-levels.ts'
import { withParties } from '../find-parties.ts'
import { findRequest, findRequestsOf } from '../find-requests.ts'
import type { PaymentParts } from '../parts.ts'
import { readAmount, whyEnded, type PaymentRequest } from '../payment-request.ts'
import { writeHubCode } from '../qr/hub-account.ts'
import { payLink } from '../qr/deep-link.ts'
import { readShortCode } from '../qr/short-code.ts'
import { qrPicture } from '../qr/qr-picture.ts'
import { errorOf } from '../words.ts'
import { Arrivals, isOnItsWay } from './arrivals.tsx'
import { findTransfersOf } from '../rails/rails.ts'
import { nobody } from './bank-payout.tsx'
import { followUntil } from './follow.ts'
import { nextOf, withNext } from './next.ts'
import { purseOf, type Purse } from './purse.ts'
import { readText } from './read-form.ts'
import { railsSection } from './handle-rails.tsx'
import type { RailsSectionProps } from './rails-section.tsx'
import { RequestPage } from './request-page.tsx'
import { countOne, statusOf } from './send-command.ts'
import { readerOf } from './shell.tsx'
import { WalletPage, type WalletPageProps } from './wallet-page.tsx'

const onePage = 50

export async function showWallet(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  return walletPage(c, parts, purse, { errors: [] })
}

type Shown = {
  errors: readonly FieldError[]
  typed?: WalletPageProps['typed']
  /** What was typed to bring money in or out, where that is what went wrong. */
  typedRails?: RailsSectionProps['typed']
}

export async function walletPage(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  { errors, typed, typedRails }: Shown,
): Promise<Response> {
  const db = parts.db.kysely
  const [wallets, requests, left, transfers] = await Promise.all([
    findWallets(db, purse.holder),
    findRequestsOf(db, parts.hub.id, purse.holder),
    parts.limits && findLeft(db, parts.hub.id, parts.limits, purse.holder),
    findTransfersOf(db, purse.holder),
  ])
  const wanted = c.req.query('currency')
  // Looking at a rate opens a wallet too: one with nothing in it is not what somebody comes for.
  const chosen =
    wallets.find(({ currency }) => currency === wanted) ??
    wallets.find(({ balance }) => balance > 0n) ??
    wallets[0]
  // What somebody last looked at or has is what they think in.
  const currency =
    wanted && isCurrency(wanted) ? wanted : (chosen?.currency ?? parts.currency(purse.country))
  const before = /^\d{1,18}$/.exec(c.req.query('before') ?? '')?.[0]
  const found = chosen
    ? await findMovements(db, {
        account: chosen.account,
        before: before === undefined ? undefined : BigInt(before),
        limit: onePage + 1,
      })
    : []
  const shown = found.slice(0, onePage)
  const movements = chosen ? await withParties(parts, chosen.account, shown) : []
  const next = nextOf(c)
  const reader = readerOf(c)
  const { language } = reader
  const now = parts.now()
  return c.html(
    <WalletPage
      {...{ reader, purse, wallets, chosen, movements, requests, errors, next, left, now }}
      older={found.length > onePage ? movements.at(-1)?.position : undefined}
      arrivals={<Arrivals {...{ language, purse, transfers, currency, next, now }} />}
      rails={await railsSection(c, parts, purse, {
        ...{ errors, currency, transfers },
        typed: typedRails ?? wantedTopUp(c, currency),
      })}
      askErrors={typedRails ? [] : errors}
      typed={typed ?? { currency, amount: '', purpose: '' }}
    />,
    statusOf(c, errors),
  )
}

/** The page that led here may have said how much is to be brought in. */
function wantedTopUp(c: Context, currency: string): RailsSectionProps['typed'] | undefined {
  const amount = c.req.query('amount') ?? ''
  if (isRefused(readAmount(amount, currency))) return undefined
  return { ...{ kind: 'top-up', rail: '', to: '', payee: nobody }, currency, amount }
}

export async function ask(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const typed = {
    currency: text('currency'),
    amount: typedAmount(text('amount')),
    purpose: text('purpose'),
  }
  const { personId } = signedInActor(c)
  const made =
    (await countOne(c, parts, limits.paymentRequestOfPerson)) ??
    (await askForMoney(parts, purse.holder, personId, typed))
  if (!isRefused(made)) return c.redirect(addressOf(c, purse, made.code), 303)
  const errors = [errorOf(readerOf(c).language, made.refused, made.facts)]
  return walletPage(c, parts, purse, { errors, typed })
}

const addressOf = (c: Context, { base }: Purse, code: string): string =>
  withNext(`${base}/requests/${code}`, nextOf(c))

/** The request in the address, if it is this purse's own. */
async function ownRequest(
  c: Context,
  parts: PaymentParts,
): Promise<{ purse: Purse; request: PaymentRequest } | undefined> {
  const purse = await purseOf(c, parts)
  const code = readShortCode(c.req.param('code') ?? '')
  if (isRefused(code)) return undefined
  const request = await findRequest(parts.db.kysely, parts.hub.id, code)
  const own =
    purse && request?.payee.kind === purse.holder.kind && request.payee.id === purse.holder.id
  return own ? { purse, request } : undefined
}

export async function showRequest(c: Context, parts: PaymentParts): Promise<Response> {
  const found = await ownRequest(c, parts)
  if (!found) return c.notFound()
  const { purse, request } = found
  const reader = readerOf(c)
  const { t } = reader.language
  const origin = originOf(c)
  const link = payLink(origin, request.code)
  const written = writeHubCode(
    {
      hubHost: new URL(origin).hostname,
      code: request.code,
      kind: request.amount === undefined ? 'static' : 'dynamic',
    },
    {
      // ISO 18245: miscellaneous and specialty retail; a shop's own category comes with its profile.
      category: '5999',
      currency: request.currency,
      country: parts.hub.territory ?? 'ZZ',
      name: purse.name,
      city: parts.hub.name,
      ...(request.amount === undefined ? {} : { amountMinor: request.amount }),
    },
  )
  const sellerCode = isRefused(written)
    ? undefined
    : { text: written, picture: await qrPicture(written, t('payments.request.forApps')) }
  const linkPicture = await qrPicture(link, t('payments.request.scan'))
  const now = parts.now()
  const next = nextOf(c)
  return c.html(
    <RequestPage {...{ reader, purse, request, now, link, linkPicture, sellerCode, next }} />,
  )
}

const originOf = (c: Context): string =>
  (c.get('origin') as string | undefined) ?? new URL(c.req.url).origin

export async function cancel(c: Context, parts: PaymentParts): Promise<Response> {
  const found = await ownRequest(c, parts)
  if (!found) return c.notFound()
  const { purse, request } = found
  await cancelRequest(parts, purse.holder, request.code, signedInActor(c).personId)
  return c.redirect(addressOf(c, purse, request.code), 303)
}

/** Says when the request is paid or over. */
export async function followRequest(
  c: Context,
  parts: PaymentParts,
  followers: Followers,
): Promise<Response> {
  const found = await ownRequest(c, parts)
  if (!found) return c.notFound()
  return followUntil(c, parts, followers, async () => {
    const request = await findRequest(parts.db.kysely, parts.hub.id, found.request.code)
    return !request || whyEnded(request, parts.now()) !== undefined
  })
}

/** Says when no money of the purse is on its way any more. */
export async function followTransfers(
  c: Context,
  parts: PaymentParts,
  followers: Followers,
): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  return followUntil(c, parts, followers, async () => {
    const transfers = await findTransfersOf(parts.db.kysely, purse.holder)
    return !transfers.some(isOnItsWay)
  })
}

/** A statement as a file: CSV, or ISO 20022 camt.053. Days are those of UTC; without days, all there is. */
export async function sendStatement(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { currency = parts.currency(), from = '', to = '', as } = c.req.query()
  const no = (code: string): Promise<Response> =>
    walletPage(c, parts, purse, { errors: [errorOf(readerOf(c).language, code, {})] })
  if (!isCurrency(currency) || minorDigits(currency) === undefined) return no('currency-not-known')
  if ((from !== '' && !isDay(from)) || (to !== '' && !isDay(to))) return no('statement-period')
  const begin = from === '' ? 0 : Date.parse(`${from}T00:00:00Z`)
  // The day named last belongs to it.
  const end = to === '' ? parts.now() + 1 : Date.parse(`${to}T00:00:00Z`) + dayLength
  if (begin < 0 || begin >= end || end > latest) return no('statement-period')
  const account = walletAccount(purse.holder, currency)
  const span = await findSpan(parts.db.kysely, account, begin, end)
  if (!span) return no('statement-too-long')
  const movements = await withParties(parts, account, span.movements)
  const statement = {
    ...{ account, holder: purse.name, currency, from: begin, to: end, ...span, movements },
  }
  const pieces =
    as === 'camt053'
      ? toCamt053(statement, {
          id: uuidv7(parts.now(), parts.random),
          sequence: span.movements.at(-1)?.position ?? 0n,
          createdAt: parts.now(),
          servicer: parts.hub.name,
        })
      : toCsv(statement)
  if (isRefused(pieces)) throw new Error(`${pieces.refused} ${JSON.stringify(pieces.facts)}`)
  const [type, ending] = as === 'camt053' ? ['application/xml', 'xml'] : ['text/csv', 'csv']
  const name = `statement-${currency}-${from || 'all'}-${to || 'now'}.${ending}`
  return c.body([...pieces].join(''), 200, {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  })
}
const dayLength = 24 * 60 * 60 * 1000
/** What ISO 8601 writes with four digits for the year. */
const latest = Date.UTC(9999, 11, 31)
