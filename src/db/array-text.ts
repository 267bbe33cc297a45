import type { ClientBase } from 'pg'

/**
 * Lists of texts and numbers go to the server as it reads arrays (PostgreSQL's manual, 8.15). The driver looks twice through
 * every text for what must be escaped; batches send lists of thousands, and almost none of it must be. Lists of anything
 * else, of lists for one, are left to the driver.
 */
export function sendLists(client: ClientBase): void {
  const ask = client.query.bind(client) as (...asked: unknown[]) => unknown
  const query = (text: unknown, values: unknown, ...rest: unknown[]): unknown =>
    Array.isArray(values) ? ask(text, values.map(listAsText), ...rest) : ask(text, values, ...rest)
  client.query = query as typeof client.query
}

const listAsText = (value: unknown): unknown =>
  Array.isArray(value) ? (arrayText(value) ?? value) : value

function arrayText(list: readonly unknown[]): string | undefined {
  const parts: string[] = []
  for (const item of list) {
    const part = itemText(item)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return `{${parts.join(',')}}`
}

function itemText(item: unknown): string | undefined {
  if (item === null) return 'NULL'
  if (typeof item === 'bigint' || typeof item === 'number') return `${item}`
  if (typeof item !== 'string') return undefined
  return /["\\]/.test(item) ? `"${item.replace(/["\\]/g, String.raw`\$&`)}"` : `"${item}"`
}
