/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { currencies } from '../../basis/currency.ts'
import { typedAmount } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import { findWallets } from '../../ledger/index.ts'
import { limits, signedInActor } from '../../parties/index.ts'
import type { FieldError } from '../../ui/index.ts'
import type { ExchangeQuote, WantedExchange } from '../exchange/exchange-quote.ts'
import { exchangeKind } from '../exchange/exchange-money.ts'
import { findExchangeQuote } from '../exchange/find-quotes.ts'
import { isOldRate, quoteExchange } from '../exchange/quote-exchange.ts'
import type { PaymentParts } from '../parts.ts'
import { errorOf } from '../words.ts'
import { ExchangeForm, ExchangeQuotePage } from './exchange-page.tsx'
import { purseOf, type Purse } from './purse.ts'
import { readText } from './read-form.ts'
import { busy, countOne, sendCommand, statusOf } from './send-command.ts'
import { readerOf } from './shell.tsx'

export async function showForm(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const { from = '', to = '', amount = '' } = c.req.query()
  return formPage(c, parts, purse, { from, to, amount: amount.slice(0, 40) }, [])
}

async function formPage(
  c: Context,
  parts: PaymentParts,
  purse: Purse,
  typed: WantedExchange,
  errors: readonly FieldError[],
): Promise<Response> {
  const found = await findWallets(parts.db.kysely, purse.holder)
  const wallets = found
    .map(({ currency, balance, held }) => ({ currency, free: balance - held }))
    .filter(({ free }) => free > 0n)
  const from = typed.from || wallets[0]?.currency
  const into = [typed.to || parts.currency(), 'EUR', 'USD'].find((code) => code !== from) ?? ''
  return c.html(
    <ExchangeForm
      {...{ reader: readerOf(c), purse, wallets, errors }}
      currencies={currenciesWithRate(parts)}
      typed={{ ...typed, to: typed.to || into }}
    />,
    statusOf(c, errors),
  )
}

function currenciesWithRate({ tariff, today }: PaymentParts): string[] {
  const { exchange } = tariff()
  const day = today()
  const rule = { source: 'ecb', rule: 'latest' } as const
  return currencies.filter((code) => exchange.rate('EUR', code, day, rule) !== undefined)
}

export async function quote(c: Context, parts: PaymentParts): Promise<Response> {
  const purse = await purseOf(c, parts)
  if (!purse) return c.notFound()
  const text = await readText(c)
  const wanted = { from: text('from'), to: text('to'), amount: typedAmount(text('amount')) }
  const { personId } = signedInActor(c)
  const made =
    (await countOne(c, parts, limits.exchangeQuoteOfPerson)) ??
    (await quoteExchange(parts, purse.holder, personId, wanted))
  if (!isRefused(made)) return c.redirect(`${purse.base}/exchange/${made.id}`, 303)
  const { language } = readerOf(c)
  const error = errorOf(language, made.refused, made.facts)
  // Of two currencies it is the wrong one that is pointed at.
  const field = error.field === 'currency' && made.facts['currency'] === wanted.to ? 'to' : 'from'
  const errors = [error.field === 'currency' ? { ...error, field } : error]
  return formPage(c, parts, purse, wanted, errors)
}

/** The quote in the address, if it is this purse's own. */
async function ownQuote(
  c: Context,
  parts: PaymentParts,
): Promise<{ purse: Purse; quote: ExchangeQuote } | undefined> {
  const purse = await purseOf(c, parts)
  const id = c.req.param('quote') ?? ''
  if (!purse || !isUuid(id)) return undefined
  const found = await findExchangeQuote(parts.db.kysely, parts.hub.id, id)
  const { kind, id: holder } = purse.holder
  if (found?.holder.kind !== kind || found.holder.id !== holder) return undefined
  return { purse, quote: found }
}

export async function showQuote(c: Context, parts: PaymentParts): Promise<Response> {
  const own = await ownQuote(c, parts)
  return own ? quotePage(c, parts, own, []) : c.notFound()
}

const quotePage = (
  c: Context,
  parts: PaymentParts,
  own: { purse: Purse; quote: ExchangeQuote },
  errors: readonly FieldError[],
) =>
  c.html(
    <ExchangeQuotePage
      {...{ reader: readerOf(c), ...own, errors, now: parts.now(), today: parts.today() }}
      isOld={isOldRate(parts, own.quote.rate)}
      formKey={uuidv7(parts.now(), parts.random)}
    />,
    errors.length > 0 ? 422 : 200,
  )

/** Changes the money once, however often the form is sent: its key was made with the page. */
export async function change(c: Context, parts: PaymentParts): Promise<Response> {
  const own = await ownQuote(c, parts)
  if (!own) return c.notFound()
  const { purse, quote: shown } = own
  const key = (await readText(c))('key')
  const again = (code: string, facts = {}) => {
    const error = errorOf(readerOf(c).language, code, facts)
    return quotePage(c, parts, own, [{ ...error, field: 'quote' }])
  }
  if (!isUuid(key)) return again('refused')
  const { holder } = purse
  const sent = await sendCommand(parts.change, {
    ...{ actor: signedInActor(c).personId, kind: exchangeKind, key },
    request: JSON.stringify([holder, shown.id]),
    // The form's key names the command; ids in the books are our own.
    body: { holder, quote: shown.id, entry: uuidv7(parts.now(), parts.random) },
  })
  if (sent === 'busy') return busy(c)
  // Somebody who sends the form again from another window has what they want.
  if (!isRefused(sent) || sent.refused === 'quote-used')
    return c.redirect(`${purse.base}/exchange/${shown.id}`, 303)
  return again(sent.refused, sent.facts)
}
