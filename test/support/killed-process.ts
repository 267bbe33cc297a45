import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Command } from '../../src/db/index.ts'

/** A process of its own that does commands, so that it can be killed: lines of commands in, lines of answers out. */
export interface KilledProcess {
  /** The status of the outcome; undefined where the process died before it answered. */
  send(command: Command<unknown>): Promise<number | undefined>
  /** SIGKILL, now. */
  kill(): Promise<void>
  /** Until it has ended by itself. */
  ended: Promise<void>
}

export interface ProcessOptions {
  /** Address of the database. */
  url: string
  /** The file and the name of the hot command: `(parts, commands, now) => answers`. */
  file: URL
  command: string
  hub: string
  now: number
  /**
   * Kills itself with SIGKILL before or after the n-th statement of the first transaction that comes after the first
   * command; `after` the last one is after COMMIT and before the reply.
   */
  crash?: { when: 'before' | 'after'; statement: number } | undefined
}

const loader = fileURLToPath(new URL('../../bin/loader.js', import.meta.url))
const dbFile = new URL('../../src/db/index.ts', import.meta.url).href
const pgFile = new URL('../../node_modules/pg/lib/index.js', import.meta.url).href

const code = `
  import { createInterface } from 'node:readline'
  import { gather, openDatabase } from ${JSON.stringify(dbFile)}
  import pg from ${JSON.stringify(pgFile)}
  const [url, file, name, hub, now, when, statement] = process.argv.slice(1)
  const run = (await import(file))[name]
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  let [armed, sent] = [false, 0]
  const query = pg.Client.prototype.query
  const crash = () => process.kill(process.pid, 'SIGKILL')
  if (when !== 'never') pg.Client.prototype.query = function (...given) {
    if (!armed) return query.apply(this, given)
    sent += 1
    if (sent === Number(statement) && when === 'before') crash()
    const mine = sent
    const answer = query.apply(this, given)
    return mine === Number(statement) ? answer.then((rows) => { crash(); return rows }) : answer
  }
  const db = await openDatabase({ url, sleep, fraction: Math.random })
  armed = true
  const parts = { db, hub: { id: hub }, today: () => new Date(Number(now)).toISOString().slice(0, 10) }
  const send = gather({ run: (commands) => run(parts, commands, Number(now)) })
  const revive = (_key, value) =>
    typeof value === 'string' && /^-?\\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value
  console.log('{}')
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line, revive)
    send(command).then(
      (answer) => console.log(JSON.stringify({ key: command.key, answer })),
      (error) => console.log(JSON.stringify({ key: command.key, fault: String(error) })),
    )
  }`

type Told = { key?: string; answer?: { answer: string; outcome?: { status: number } } }

/** Starts it and waits until it can take commands. */
export async function startKilled(options: ProcessOptions): Promise<KilledProcess> {
  const { url, file, command, hub, now, crash } = options
  const args = ['--import', loader, '--input-type=module', '-e', code, url, file.href, command, hub]
  args.push(String(now), crash?.when ?? 'never', String(crash?.statement ?? 0))
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.setMaxListeners(0)
  const waiting = new Map<string, (told: Told | undefined) => void>()
  let died: string | undefined
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      for (const tell of waiting.values()) tell(undefined)
      resolve()
    })
  })
  // One that ends by itself would leave everybody waiting for ever.
  child.once('exit', (status) => {
    if (status !== null) died = `a process ended by itself with ${status}`
  })
  child.stdin?.on('error', () => {})
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const told = JSON.parse(line) as Told
      if (told.key === undefined) resolve()
      else waiting.get(told.key)?.(told)
    })
    void ended.then(resolve)
  })
  const plain = (_key: string, value: unknown): unknown =>
    typeof value === 'bigint' ? `${value}n` : value
  return {
    ended,
    async send(sent) {
      if (died) throw new Error(died)
      if (child.exitCode !== null || child.signalCode !== null) return undefined
      const told = await new Promise<Told | undefined>((resolve) => {
        waiting.set(sent.key, resolve)
        child.stdin?.write(`${JSON.stringify(sent, plain)}\n`)
      })
      waiting.delete(sent.key)
      return told?.answer?.answer === 'done' ? told.answer.outcome?.status : undefined
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
