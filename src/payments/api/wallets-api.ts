import type { Context } from 'hono'
import type { z } from 'zod'
import { isCurrency } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { Refusal } from '../../basis/refusal.ts'
import { findMovements, findWallets, walletAccount } from '../../ledger/index.ts'
import { readQuery } from '../../parties/index.ts'
import { withParties } from '../find-parties.ts'
import type { PaymentParts } from '../parts.ts'
import { businessOf } from './send-api-command.ts'
import { movementQuery, type movementList, type walletList } from './schemas.ts'

/** GET …/wallets */
export async function listWalletsApi(c: Context, { db }: PaymentParts): Promise<Response> {
  const wallets = await findWallets(db.kysely, businessOf(c))
  return c.json({
    wallets: wallets.map(({ currency, balance, held }) => ({
      currency,
      balance: formatMinor(balance, currency),
      held: formatMinor(held, currency),
      available: formatMinor(balance - held, currency),
    })),
  } satisfies z.input<typeof walletList>)
}

/** GET …/wallets/:currency/movements: by position, so that a page stays the same while new movements come. */
export async function listMovementsApi(c: Context, parts: PaymentParts): Promise<Response> {
  const currency = c.req.param('currency') ?? ''
  if (!isCurrency(currency)) throw new Refusal('not-found')
  const { before, limit } = readQuery(c, movementQuery)
  const account = walletAccount(businessOf(c), currency)
  const size = Number(limit)
  const found = await findMovements(parts.db.kysely, {
    account,
    before: before === undefined ? undefined : BigInt(before),
    limit: size + 1,
  })
  const page = await withParties(parts, account, found.slice(0, size))
  return c.json({
    movements: page.map(({ position, at, amount, balance, entry, kind, reference, ...more }) => ({
      position: String(position),
      at: new Date(at).toISOString(),
      amount: formatMinor(amount, currency),
      balance: formatMinor(balance, currency),
      payment: entry,
      ...{ kind, reference, counterparty: more.counterparty ?? null },
    })),
    next: found.length > size ? String(page.at(-1)?.position) : null,
  } satisfies z.input<typeof movementList>)
}
