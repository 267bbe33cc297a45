/**
 * The books of a hub: accounts in one currency each, entries that balance and never change, holds, escrow. Double entry as
 * Pacioli wrote it down (Summa, 1494): every entry adds up to nothing in each currency, so at every moment the sum of all
 * balances is 0. Nothing else writes a balance. Statements follow ISO 20022 camt.053; seals a Merkle tree as in RFC 6962.
 */
export { currencyOf, escrowLegs, kindOf } from './account.ts'
export { dealerAccount, escrowAccount, incomeAccount, payableAccount } from './account.ts'
export { peerAccount, railAccount, walletAccount, type EscrowLeg, type Holder } from './account.ts'
export { available, gathered, largestAmount, loaded, post } from './draft.ts'
export type { Account, Entry, Hold, Leg, LedgerDraft, NewEntry, NewPosting } from './draft.ts'
export { expireHold, hold, postHold, voidHold, type NewHold } from './holds.ts'
export {
  giveFromEscrow,
  legsOf,
  putHeldInEscrow,
  putInEscrow,
  type LegShare,
  type NewLeg,
} from './escrow.ts'
export { loadLedger, type Wanted } from './load-ledger.ts'
export { postedEvent, writeLedger } from './write-ledger.ts'
export { findEntriesFor, findMovementOf, findMovements } from './find-accounts.ts'
export { findOtherWallets, findSpan, findWallets, type Span } from './find-accounts.ts'
export { mostMovements, type AccountView, type EntryView, type Movement } from './find-accounts.ts'
export { toCsv } from './statements/to-csv.ts'
export { toCamt053 } from './statements/to-camt053.ts'
export type { Statement } from './statements/statement.ts'
export { sealer, sealerName } from './seal.ts'
export { checkLedger, type LedgerFault, type LedgerReport } from './check-ledger.ts'
