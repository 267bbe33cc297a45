/**
 * Asks for one thing after the other without waiting for its answer, and sends each before the next is put together: the
 * server is at work on the first meanwhile. For what many write at once; fails as Promise.all does.
 */
export async function inTurns(asks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const asked: Promise<unknown>[] = []
  for (const ask of asks) {
    const done = ask()
    // It is told below; until then nobody else listens.
    done.catch(() => undefined)
    asked.push(done)
    // One must be sent before the next is put together.
    // oxlint-disable-next-line no-await-in-loop
    await sent()
  }
  await Promise.all(asked)
}

/** What was asked for is sent in the tick after it (send-together.ts); this is the one after that. */
const sent = (): Promise<void> =>
  new Promise((resolve) => {
    process.nextTick(() => process.nextTick(resolve))
  })
