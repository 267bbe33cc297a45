/**
 * The only way out of the hub: every outgoing connection goes through here, where it can be guarded
 * and counted.
 */
export interface Net {
  fetch(request: Request): Promise<Response>
}

/** Where no provider outside is set up, nothing leaves. */
export function closedNet(): Net {
  return {
    fetch: (request) => Promise.reject(new Error(`This hub makes no connections: ${request.url}`)),
  }
}

const longestCall = 20_000

/** A way out to these origins and to nowhere else; no redirect is followed, and no answer is waited for longer than 20 s. */
export const netTo = (origins: readonly string[]): Net => ({
  fetch: (request) =>
    origins.includes(new URL(request.url).origin)
      ? fetch(request, { redirect: 'error', signal: AbortSignal.timeout(longestCall) })
      : Promise.reject(
          new Error(`This hub makes no connections to ${new URL(request.url).origin}`),
        ),
})
