import type { Answer, Command, Gathered } from '../db/index.ts'
import type { ExchangeMoney } from './exchange/exchange-money.ts'
import type { ExchangeParts } from './exchange/quote-exchange.ts'
import type { LimitParts } from './limits/limits.ts'
import type { Pay } from './pay.ts'
import type { RailParts } from './rails/rails.ts'
import type { TakePayment } from './till/take-payment.ts'

/** What this capability needs of the hub. */
export type PaymentParts = Omit<ExchangeParts, 'hub' | 'rails'> & {
  readonly hub: { readonly id: string; readonly name: string; readonly territory: string | null }
  /** The money that people of a country think in, without one those of the hub's own; ISO 4217. */
  currency(country?: string): string
  sleep(milliseconds: number): Promise<void>
  /** The providers that bring money in and out. */
  readonly rails: RailParts
  /** Without it nobody is limited. */
  readonly limits?: LimitParts | undefined
  /** Commands that are sent at the same time are done in one transaction, those of a kind together. */
  readonly pay: Gathered<Command<Pay>, Answer>
  readonly change: Gathered<Command<ExchangeMoney>, Answer>
  readonly take: Gathered<Command<TakePayment>, Answer>
}

/** The parts that are made from the others. */
export type Gatherers = 'pay' | 'change' | 'take'

/** What the hub puts into the context of every request. */
export type PaymentEnv = { Variables: { requestId: string; origin?: string } }
