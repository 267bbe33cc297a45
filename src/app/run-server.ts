import { spawn } from 'node:child_process'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { realClock, type Clock } from './clock.ts'
import type { Hub } from './create-hub.ts'
import { createLog } from './log.ts'
import { startHub, type HubOptions } from './start-hub.ts'

export interface ServerOptions extends Omit<HubOptions, 'log' | 'clock'> {
  /** One port and no other, or the first free one from a number on. */
  port: number | { from: number }
  host: string
  open: boolean
  logLevel: string
}

/** Runs a hub until it is told to stop, and says how it ended: 0 in good order, 1 refused, 3 after a fault. */
export async function runServer(options: ServerOptions): Promise<number> {
  const clock = realClock()
  const log = createLog(clock, options.logLevel)
  const ending = untilToldToStop()
  const onProgress = (message: string) => console.log(message)
  const { hub, stop } = await startHub({ ...options, log, clock, onProgress, onLost: ending.fail })

  const server = await listen(hub, options)
  if (!server) {
    await stop()
    console.error(`Port ${String(options.port)} is taken: choose another, or leave --port out.`)
    return 1
  }
  const { port } = server.address() as AddressInfo
  const address = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}/`
  console.log(`${hub.config.name} is up: ${address}`)
  if (options.open) openBrowser(address)

  const fault = await ending.told
  if (fault) console.error(fault.message)
  await closeServer(server, clock)
  await stop()
  return fault ? 3 : 0
}

/** The first signal counts; more of them change nothing, as a terminal and a parent may both send one. */
function untilToldToStop() {
  let end: (fault?: Error) => void = () => {}
  const told = new Promise<Error | undefined>((resolve) => (end = resolve))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end())
  return { told, fail: (fault: Error) => end(fault) }
}

async function listen(hub: Hub, { port, host }: ServerOptions): Promise<Server | undefined> {
  const first = typeof port === 'number' ? port : port.from
  const tries = typeof port === 'number' ? 1 : 50
  for (let next = first; next < first + tries; next += 1) {
    const server = createAdaptorServer({ fetch: hub.fetch }) as Server
    if (await listensOn(server, next, host)) return server
  }
  return undefined
}

function listensOn(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen(port, host, () => resolve(true))
  })
}

/** Takes no more requests, gives those under way five seconds. */
async function closeServer(server: Server, clock: Clock): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const enough = new AbortController()
  await Promise.race([closed, clock.sleep(5_000, enough.signal)])
  enough.abort()
  server.closeAllConnections()
  await closed
}

function openBrowser(address: string): void {
  const { platform, env } = process
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }
  const [command, ...args] = openers[platform] ?? ['xdg-open']
  // The address was printed; a desktop without an opener is no fault.
  spawn(command, [...args, address], { detached: true, stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}
