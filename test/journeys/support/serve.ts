import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface TestServer {
  origin: string
  close(): Promise<void>
}

/** Serves an app on a free port of this machine. */
export function serveApp(app: Hono): Promise<TestServer> {
  return new Promise((resolve) => {
    const server = serve(
      { fetch: app.fetch, port: 0, hostname: '127.0.0.1' },
      ({ port }: AddressInfo) => {
        const close = () => new Promise<void>((done) => server.close(() => done()))
        resolve({ origin: `http://127.0.0.1:${port}`, close })
      },
    )
  })
}
