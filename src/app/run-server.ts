import { spawn } from 'node:child_process'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Refusal } from '../basis/refusal.ts'
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

/**
 * Runs a hub until it is told to stop, and says how it ended: 0 in good order, 1 refused, 3 after a
 * fault.
 */
export async function runServer(options: ServerOptions): Promise<number> {
  const clock = realClock()
  const log = createLog(clock, options.logLevel)
  const ending = untilToldToStop()
  const { hub, stop } = await startHub({
    ...options,
    log,
    clock,
    onProgress: say,
    onLost: ending.fail,
  })
  try {
    const server = await listen(hub, options)
    if (!server) {
      console.error(`Port ${String(options.port)} is taken: choose another, or leave --port out.`)
      return 1
    }
    announce(hub, server, options)
    void (options.demo ? makeDemo(hub) : Promise.resolve()).then(() => keepRules(hub))
    const fault = await ending.told
    if (fault) console.error(fault.message)
    if (fault) log.fatal({ err: fault }, 'stopping after a fault')
    await closeServer(server, clock)
    return fault ? 3 : 0
  } finally {
    await stop()
  }
}

/** The first time takes a while; the pages fill while one looks. A hub that somebody has joined is left as it is. */
async function makeDemo(hub: Hub): Promise<void> {
  try {
    const { seedDemo } = await import('./demo/index.ts')
    const { made, sellers, published, milliseconds } = await seedDemo(hub, {
      onProgress: (what) => say(`making the demo world: ${what}`),
    })
    if (made)
      say(
        `The demo world is there: ${published} goods of ${sellers} sellers, ${Math.round(milliseconds / 1000)} s`,
      )
  } catch (err) {
    if (hub.stopping()) return
    if (err instanceof Refusal) say(`No demo world: ${err.message}`)
    else hub.log.error({ err }, 'the demo world was not made')
  }
}

/** Beside the first requests, not before them: every wording of a rule in use is kept for ever. */
async function keepRules(hub: Hub): Promise<void> {
  try {
    const { keepRuleVersions } = await import('../tariff/index.ts')
    const { added, broken } = await keepRuleVersions(hub.db, hub.tariff(), hub.clock.now())
    hub.log.info({ added }, 'rule versions kept')
    for (const each of broken) hub.log.error(each, 'rules that cannot be used')
  } catch (err) {
    if (!hub.stopping()) hub.log.error({ err }, 'rule versions were not kept')
  }
}

const say = (message: string): void => console.log(message)

/**
 * The first word counts; more of them change nothing, as a terminal and a parent may both send one.
 * What nobody caught stops the hub as well: nothing may go on working in a state that nobody
 * thought of.
 */
function untilToldToStop() {
  const { promise: told, resolve } = Promise.withResolvers<Error | undefined>()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => resolve(undefined))
  }
  const fail = (fault: Error): void => resolve(fault)
  process.on('uncaughtException', fail)
  return { told, fail }
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

function announce(hub: Hub, server: Server, { host, open }: ServerOptions): void {
  const { port } = server.address() as AddressInfo
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}/`
  say(`${hub.config.name} is up: ${address}`)
  if (open) openBrowser(address)
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
  const opener = spawn(command, [...args, address], { detached: true, stdio: 'ignore' })
  opener.on('error', () => {}).unref()
}
