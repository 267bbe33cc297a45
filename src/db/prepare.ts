import type { ClientBase, QueryConfig } from 'pg'

/** More than these are planned each time; a connection keeps its plans for as long as it lives. */
const mostPrepared = 200
const mostCounted = 1_000

/**
 * Statements that come again inside of transactions are planned once per connection: hot commands send the same dozen for
 * each batch, and planning them took longer than doing them. What is read outside of transactions is planned for its values
 * each time, as the words of a search differ more than the keys of a row.
 */
export function prepareInTransactions(client: ClientBase): void {
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown
  const seen = new Map<string, number>()
  const names = new Map<string, string | undefined>()
  let inside = false
  const nameOf = (text: string): string | undefined => {
    if (names.has(text)) return names.get(text)
    const times = (seen.get(text) ?? 0) + 1
    if (seen.size >= mostCounted) seen.clear()
    seen.set(text, times)
    // Not at the first time: lists of differing length make texts that never come again.
    if (times < 3 || names.size >= mostPrepared) return undefined
    const name = `s${names.size + 1}`
    names.set(text, name)
    return name
  }
  const query = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    if (typeof text !== 'string' || rest.length > 0) return ask(text, values, ...rest)
    if (text.startsWith('start transaction')) inside = true
    else if (text === 'commit' || text === 'rollback') inside = false
    const name = inside && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined
    if (name === undefined) return ask(text, values)
    const done = ask({
      name,
      text,
      values: values as string[],
    } satisfies QueryConfig) as Promise<unknown>
    return done.catch((error: unknown) => {
      if (isOutdatedPlan(error)) names.set(text, undefined)
      throw error
    })
  }
  client.query = query as typeof client.query
}

/** The table was changed below the plan: nothing was done, and who tries again is understood anew (0A000, feature not supported). */
export const isOutdatedPlan = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '0A000'
