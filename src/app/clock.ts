/** Time as the hub sees it. The simulator gives a hub another one. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number
  /** The calendar day where the hub is, `YYYY-MM-DD`: what "today" means to law and to people. */
  today(): string
  /** Ends early, without an error, when the signal says so. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The machine's clock; the day is taken in the given IANA time zone. */
export function realClock(timeZone = 'UTC'): Clock {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  return { now: () => Date.now(), today: () => day.format(Date.now()), sleep }
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done)
  })
}
