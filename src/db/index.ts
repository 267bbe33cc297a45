/**
 * The one database of a hub: PostgreSQL, embedded by default or any server from version 15 on. Here
 * is how it is started, opened, migrated and used inside transactions; what is stored is each
 * capability's own business. Time, randomness and waiting come in as arguments, so that a simulated
 * hub needs no real clock.
 */
export { openDatabase, type Database, type DatabaseOptions, type Db } from './connect.ts'
export { startEmbedded, builtInVersion, FolderInUse } from './embedded/index.ts'
export type { Embedded, EmbeddedOptions } from './embedded/index.ts'
export { inTurns } from './in-turns.ts'
export { transact, constraintName, type TransactOptions, type Tx } from './transaction.ts'
export { migrate, migrationsFolder } from './migrate.ts'
export { advisoryLocks, lockOrder } from './locks.ts'
export { instantOf, timestamptz } from './parsers.ts'
export type { Tables } from './tables.ts'
export { appendEvent, appendEvents, findEvents } from './events.ts'
export type { LoggedEvent, NewEvent } from './events.ts'
export { settleEventEpoch, type EpochChange, type EventEpoch } from './events-epoch.ts'
export { runReader, type EventReader, type ReaderRun, type RunOptions } from './readers.ts'
export { readerLag, type ReaderLag } from './readers-lag.ts'
export { findHorizonHolder, type HorizonHolder } from './readers-lag.ts'
export { resumeReader, type ResumeOptions } from './readers-lag.ts'
export { gather, Overloaded, settle, type Settled, type Gathered } from './gather.ts'
export { runCommands, forgetOutcomes } from './commands.ts'
export type { Answer, Command, Decided, Outcome } from './commands.ts'
