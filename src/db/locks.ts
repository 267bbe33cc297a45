/**
 * The order in which rows are locked, everywhere. A use case that needs several kinds takes them
 * from the top down, and within a table by key, so that two of them can wait for each other but
 * never in a circle.
 */
export const lockOrder = [
  'command keys',
  'orders',
  'stock',
  'allowances',
  'caps',
  'payment requests',
  'exchange quotes',
  'payer codes',
  'rail transfers',
  'escrow legs',
  'holds',
  'accounts',
] as const

/**
 * Advisory locks are two numbers: the space says "ours" (the letters EWTP), the second is from this
 * list. Locks on a command key use the form with one number, which PostgreSQL keeps apart from
 * these.
 */
export const advisoryLocks = {
  space: 0x45575450,
  /** Held for life by the hub that owns an embedded database. */
  hub: 1,
  /** One migration at a time. */
  migration: 2,
  /** One change of the hub's signing keys at a time. */
  keys: 3,
} as const
