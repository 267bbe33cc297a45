// A bank that takes files. Nothing is called: a payout that is handed to it waits until the operator puts it in a file, and
// ends when a statement or the operator says how.
import { sql } from 'kysely'
import { currencies, minorDigits } from '../../../basis/currency.ts'
import { refused } from '../../../basis/refusal.ts'
import type { Database } from '../../../db/index.ts'
import type { Found, Rail } from '../rail.ts'
import { wrongWithDestination } from './payee.ts'
import { bankName, sandboxBankName, type BankSettings } from './settings.ts'
import './schema.ts'

export const createBank = (db: Database, settings: BankSettings): Rail =>
  bankRail(db, { name: bankName, realMoney: true }, settings)

/** The same with sandbox money: no bank has the account that its files are paid from. */
export const createSandboxBank = (db: Database, hubName: string): Rail =>
  bankRail(
    db,
    { name: sandboxBankName, realMoney: false },
    {
      debtor: `SANDBOX ${hubName}`,
      accounts: currencies
        .filter((currency) => minorDigits(currency) !== undefined)
        .map((currency) => ({
          currency,
          account: { number: 'SANDBOX' },
          bank: { other: 'SANDBOX' },
        })),
      characters: 'latin',
    },
  )

/** What the bank calls a payout: its id as it stands in the file and in the statement. */
export const endToEndOf = (transfer: string): string => transfer.replaceAll('-', '')

function bankRail(db: Database, named: Pick<Rail, 'name' | 'realMoney'>, bank: BankSettings): Rail {
  const paysIn = new Set(bank.accounts.map(({ currency }) => currency))
  return {
    ...{ ...named, bank, keepsKeysFor: Number.POSITIVE_INFINITY },
    wrongWith({ currency, to }) {
      if (!paysIn.has(currency)) return refused('currency-not-paid', { currency })
      return wrongWithDestination(to, bank.characters)
    },
    takeIn: async () => refused('provider-refused'),
    payOut: async ({ id, amount, currency }) => ({
      ...{ providerRef: endToEndOf(id), state: 'pending', amount, currency },
    }),
    giveBack: async () => refused('provider-refused'),
    find: (providerRef) => find(db, named.name, providerRef),
    readWebhook: async () => refused('signature-missing'),
    // A bank's own words come as its statement.
    async *report() {},
  }
}

async function find(db: Database, rail: string, providerRef: string): Promise<Found | undefined> {
  const { rows } = await sql<{ amount: bigint; currency: string; outcome: Found['state'] | null }>`
    select t.amount_minor as amount, t.currency, o.outcome
      from rail_transfers t
      left join lateral (select outcome from bank_outcomes o where o.transfer_id = t.transfer_id
                          order by number desc limit 1) o on true
     where t.rail = ${rail} and t.provider_ref = ${providerRef}`.execute(db.kysely)
  const [row] = rows
  if (!row) return undefined
  const { amount, currency, outcome } = row
  return { providerRef, state: outcome ?? 'pending', amount, currency }
}
