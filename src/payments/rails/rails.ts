// What the rest of payments uses of the rails to licensed providers; docs/decisions/0019-rails.md says how they work.
export { bankAmong, movesRealMoney } from './rail.ts'
export type { BankRail, Rail, RailEvent, RailMovement, TransferKind } from './rail.ts'
export type { RailParts } from './parts.ts'
export type { Transfer, TransferState } from './transfer.ts'
export { askTransfers } from './ask-transfers.ts'
export type { Ask, AskPayout, AskRefund, AskTopUp } from './ask-transfers.ts'
export { askProviderAgain, sendTransfer, workRails } from './work-rails.ts'
export { findSettlements, settleTransfers, type Settlement } from './settle-transfer.ts'
export { waysToSettle, type SettledAs } from './settlement.ts'
export { takeWebhook } from './take-webhook.ts'
export {
  findOddEvents,
  findOddTransfers,
  findTransfer,
  findTransfersOf,
  type OddEvent,
} from './find-transfers.ts'
export { createSandbox, type SandboxBehaviour } from './sandbox.ts'
export { createStripe, type StripeParts } from './stripe/stripe.ts'
export { createBank, createSandboxBank } from './bank/bank-rail.ts'
export { canBeWritten, isBankRail, parsePayingAccounts } from './bank/settings.ts'
export type { BankSettings } from './bank/settings.ts'
export { findReasons } from './bank/find-bank-files.ts'
export { reconcileRail } from './reconcile-rail.ts'
