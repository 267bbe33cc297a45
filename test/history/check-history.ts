// Looks for anomalies in what clients saw of a ledger: whether there is one order of all transfers and reads that explains
// every answer and respects real time (strict serializability), as Jepsen's list-append checks do. An account is its list:
// the entries that were posted to it, by position.

/** What one client did, with instants of one clock. */
export type Operation = { readonly begun: number; readonly ended: number } & (
  | {
      readonly kind: 'transfer'
      readonly entry: string
      readonly accounts: readonly string[]
      /** `unknown`: nobody answered; it may have happened. */
      readonly outcome: 'done' | 'refused' | 'unknown'
    }
  | {
      readonly kind: 'read'
      /** By account: how many entries it had and what they came to. */
      readonly seen: ReadonlyMap<string, { readonly position: number; readonly balance: bigint }>
    }
)

/** The lists as they are in the end: by account, the entries in order with the balance after each. */
export type Lists = ReadonlyMap<
  string,
  readonly { readonly entry: string; readonly balance: bigint }[]
>

/** Every anomaly in words; none: a lawful history. */
export function anomaliesOf(operations: readonly Operation[], lists: Lists): string[] {
  return [
    ...lostOrDoubled(operations, lists),
    ...wrongReads(operations, lists),
    ...circles(operations, lists),
  ]
}

function lostOrDoubled(operations: readonly Operation[], lists: Lists): string[] {
  const found: string[] = []
  const times = new Map<string, number>()
  for (const [account, list] of lists)
    for (const { entry } of list) {
      const name = `${entry} ${account}`
      times.set(name, (times.get(name) ?? 0) + 1)
    }
  for (const each of operations) {
    if (each.kind !== 'transfer') continue
    const counts = each.accounts.map((account) => times.get(`${each.entry} ${account}`) ?? 0)
    if (each.outcome === 'done' && counts.some((count) => count !== 1))
      found.push(`${each.entry} was acknowledged and stands ${counts.join(' and ')} times`)
    if (each.outcome === 'refused' && counts.some((count) => count !== 0))
      found.push(`${each.entry} was refused and is there`)
    if (each.outcome === 'unknown' && new Set(counts).size > 1)
      found.push(`${each.entry} is there by half`)
  }
  return found
}

function wrongReads(operations: readonly Operation[], lists: Lists): string[] {
  return operations.flatMap((each) => {
    if (each.kind !== 'read') return []
    return [...each.seen].flatMap(([account, { position, balance }]) => {
      const list = lists.get(account) ?? []
      const right = position === 0 ? 0n : list[position - 1]?.balance
      return right === balance
        ? []
        : [`${account} was seen with ${balance} after ${position} entries; it had ${right}`]
    })
  })
}

/** What must have come before what: by the lists, by what was read, and by the clock. A circle has no lawful order. */
function circles(operations: readonly Operation[], lists: Lists): string[] {
  const number = new Map<string, number>()
  for (const [at, each] of operations.entries())
    if (each.kind === 'transfer') number.set(each.entry, at)
  const before = operations.map(() => new Set<number>())
  const edge = (first: number | undefined, second: number | undefined): void => {
    if (first !== undefined && second !== undefined && first !== second) before[second]!.add(first)
  }
  const at = (account: string, position: number): number | undefined =>
    number.get(lists.get(account)?.[position - 1]?.entry ?? '')
  for (const [account, list] of lists)
    for (let position = 2; position <= list.length; position += 1)
      edge(at(account, position - 1), at(account, position))
  for (const [index, each] of operations.entries()) {
    if (each.kind !== 'read') continue
    for (const [account, { position }] of each.seen) {
      edge(at(account, position), index)
      edge(index, at(account, position + 1))
    }
  }
  const order = byRealTime(operations)
  return hasCircle(before, order) ? ['no order of the operations explains what was seen'] : []
}

/** Operations by when they began; with it, which had ended before each began. */
function byRealTime(operations: readonly Operation[]) {
  const begun = operations.map((_, index) => index)
  begun.sort((a, b) => operations[a]!.begun - operations[b]!.begun)
  const ended = operations
    .map((_, index) => index)
    // Who got no answer may have happened at any later time.
    .filter((index) => {
      const each = operations[index]!
      return each.kind === 'read' || each.outcome === 'done'
    })
    .sort((a, b) => operations[a]!.ended - operations[b]!.ended)
  return { operations, begun, ended }
}

/**
 * Takes operations away one by one that nothing must come before any more (Kahn). Real time is looked at as a frontier
 * instead of as edges: an operation may only be taken while none that is left had ended before it began.
 */
function hasCircle(
  before: readonly ReadonlySet<number>[],
  { operations, ended }: ReturnType<typeof byRealTime>,
): boolean {
  const left = new Set(operations.keys())
  const waits = before.map((each) => each.size)
  const after = operations.map((): number[] => [])
  for (const [second, firsts] of before.entries())
    for (const first of firsts) after[first]!.push(second)
  let frontier = 0
  let ready = [...left].filter((index) => waits[index] === 0)
  while (left.size > 0) {
    while (frontier < ended.length && !left.has(ended[frontier]!)) frontier += 1
    const horizon =
      frontier < ended.length ? operations[ended[frontier]!]!.ended : Number.POSITIVE_INFINITY
    const free = ready.filter((index) => operations[index]!.begun <= horizon)
    if (free.length === 0) return true
    ready = ready.filter((index) => operations[index]!.begun > horizon)
    for (const index of free) {
      left.delete(index)
      for (const next of after[index]!) {
        waits[next]! -= 1
        if (waits[next] === 0) ready.push(next)
      }
    }
  }
  return false
}
