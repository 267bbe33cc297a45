/** Wakes whoever sleeps until something is there to do. */
export interface Bell {
  /** Taken before a look, so that what is asked for during it is not missed: aborted once somebody has rung. */
  listen(): AbortSignal
  /** Costs nothing where nobody has listened since it rang last, however busy the hub is. */
  ring(): void
}

export function openBell(): Bell {
  let rung = new AbortController()
  return {
    listen() {
      if (rung.signal.aborted) rung = new AbortController()
      return rung.signal
    },
    ring() {
      if (!rung.signal.aborted) rung.abort()
    },
  }
}
