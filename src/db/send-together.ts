import type { Duplex } from 'node:stream'
import type { ClientBase } from 'pg'

/**
 * What is asked for in one turn goes to the server in one write: a write for each statement wakes the server for each, and
 * takes the processor from the turn that is still asking.
 */
export function sendTogether(client: ClientBase): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } })
    .connection
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown
  let held = false
  const query = (...asked: unknown[]): unknown => {
    if (!held) {
      held = true
      stream.cork()
      process.nextTick(() => {
        held = false
        stream.uncork()
      })
    }
    return ask(...asked)
  }
  client.query = query as typeof client.query
}
