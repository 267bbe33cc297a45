// What the rest of payments uses of the rails to licensed providers; docs/decisions/0019-rails.md says how they work.
export { movesRealMoney } from './rail.ts'
export type { Rail, RailEvent, RailMovement, TransferKind } from './rail.ts'
export type { RailParts } from './parts.ts'
export type { Transfer, TransferState } from './transfer.ts'
export { askTransfers } from './ask-transfers.ts'
export type { Ask, AskPayout, AskRefund, AskTopUp } from './ask-transfers.ts'
export { askProviderAgain, sendTransfer, workRails } from './work-rails.ts'
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
export { reconcileRail } from './reconcile-rail.ts'
