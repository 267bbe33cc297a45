import type { Refused } from '../../basis/refusal.ts'
import type { BankSettings } from './bank/settings.ts'

// The seam to licensed providers: whoever adds one writes a value of the type `Rail`, and nothing else changes. A provider
// moves money between its world and the hub's account with it, `rail:<name>:<currency>` of the ledger.

export type TransferKind = 'top-up' | 'payout' | 'refund'

/** How a transfer stands with the provider: `done` is captured or paid, and moved the money. */
export type Standing = 'pending' | 'done' | 'failed'

/** What a provider says of a transfer; the amount in minor units of ISO 4217, also where the provider counts otherwise. */
export type Found = {
  /** The provider's own id. */
  readonly providerRef: string
  readonly state: Standing
  readonly amount: bigint
  readonly currency: string
  /** Why it failed, as a code. */
  readonly fault?: string | undefined
}

export type Sent = Found & {
  /** Where the person goes on, at the provider's. */
  readonly continueUrl?: string | undefined
}

/** What a callback says. The id is the provider's: a callback counts once. */
export type RailEvent = Found & {
  readonly id: string
  /** Our id, where the provider hands it back. */
  readonly transfer?: string | undefined
}

/** One line of the provider's report. */
export type RailMovement = {
  readonly providerRef: string
  readonly transfer?: string | undefined
  /** As the hub's account with the provider sees it. */
  readonly direction: 'in' | 'out'
  readonly amount: bigint
  readonly currency: string
  /** Unix milliseconds. */
  readonly at: number
  /** It takes back what an earlier line moved. */
  readonly reversal: boolean
  /** In the provider's words: `charge`, `fee`. */
  readonly what: string
}

/** `id`: the transfer's, which the provider takes as idempotency key; amounts in minor units. */
type Asked = { readonly id: string; readonly amount: bigint; readonly currency: string }
export type TakeIn = Asked & { readonly returnUrl: string }
export type PayOut = Asked & { readonly to: string }
/** `of`: the provider's id of what was taken in; the amount may be a part of it. */
export type GiveBack = Asked & { readonly of: string }

/** Hands a callback's headers and bytes to where real ones come in. */
export type Deliver = (headers: Headers, body: Uint8Array) => Promise<Refused | object>

/**
 * A provider. The three that move money answer with what it says, are refused when it surely did nothing, and throw when
 * that is not known: they are called again with the same id. Nothing here waits longer than some 20 s.
 */
export type Rail = {
  /** A word: of the account `rail:<name>:<currency>` and of the address of its callbacks. */
  readonly name: string
  /** False: whoever sees this rail on a page is told that no real money moves. */
  readonly realMoney: boolean
  /** For how long the provider knows an idempotency key; later a repetition could move money twice. Milliseconds. */
  readonly keepsKeysFor: number
  /** It only pays out, and each payout waits until the operator puts it in a file for this bank. */
  readonly bank?: BankSettings | undefined
  /** Why it cannot pay there, before anything is held; without it any word of visible signs will do. */
  wrongWith?(wanted: Pick<PayOut, 'to' | 'currency'>): Refused | undefined
  takeIn(wanted: TakeIn): Promise<Refused | Sent>
  payOut(wanted: PayOut): Promise<Refused | Sent>
  giveBack(wanted: GiveBack): Promise<Refused | Sent>
  /** How it stands now; undefined when the provider knows of no such thing. */
  find(providerRef: string): Promise<Found | undefined>
  /**
   * A callback's events, when its signature is right and not older or newer than five minutes; else refused with
   * `signature-missing`, `signature-wrong`, `signature-too-old`, `callback-not-readable`.
   */
  readWebhook(headers: Headers, body: Uint8Array, now: number): Promise<Refused | RailEvent[]>
  /** What moved from one instant to before another. */
  report(from: number, to: number): AsyncIterable<RailMovement>
  /** Moves a provider on that has no process of its own; tells how much it did. */
  tick?(deliver: Deliver): Promise<number>
}

export type BankRail = Rail & { readonly bank: BankSettings }

/** The one of these rails that pays by files. */
export const bankAmong = (rails: ReadonlyMap<string, Rail>): BankRail | undefined =>
  [...rails.values()].find((rail): rail is BankRail => rail.bank !== undefined)

/** Whether a hub with these rails moves real money: one rail that does is enough. */
export const movesRealMoney = (rails: ReadonlyMap<string, Pick<Rail, 'realMoney'>>): boolean =>
  [...rails.values()].some(({ realMoney }) => realMoney)
