/**
 * The only way out of the hub: every outgoing connection goes through here, where it can be guarded
 * and counted.
 */
export interface Net {
  fetch(request: Request): Promise<Response>
}

/** Until a capability needs the outside, nothing leaves. */
export function closedNet(): Net {
  return {
    fetch: (request) => Promise.reject(new Error(`This hub makes no connections: ${request.url}`)),
  }
}
