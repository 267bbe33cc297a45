/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// The asking side of the HTTP benchmark, in a thread of its own: connections that are kept open, one question at a time
// on each, and no more work on an answer than it takes to see its end.
import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { percentile } from './measure.ts'

/** What the thread is given when it starts. */
export interface ClientData {
  port: number
  bodies: readonly string[]
  connections: number
}
/** What it is told to do, again and again. */
export interface Phase {
  path: string
  milliseconds: number
}
/** What it answers. */
export interface PhaseResult {
  answers: number
  /** Answers a second. */
  rate: number
  /** Milliseconds of one answer. */
  p50: number
  p99: number
  /** Bytes of an answer with its head. */
  bytes: number
}

const { port, bodies, connections } = workerData as ClientData
const requests = new Map<string, Buffer[]>()
let nextBody = 0

parentPort?.on('message', (phase: Phase) => {
  ask(phase).then(
    (result) => parentPort?.postMessage(result),
    (error: Error) => parentPort?.postMessage({ fault: error.message }),
  )
})

async function ask({ path, milliseconds }: Phase): Promise<PhaseResult> {
  const known = requests.get(path) ?? bodies.map((body) => requestOf(path, body))
  requests.set(path, known)
  const next = (): Buffer => known[nextBody++ % known.length] as Buffer
  const tally = { times: [] as number[], bytes: 0 }
  const begun = performance.now()
  const until = begun + milliseconds
  await Promise.all(Array.from({ length: connections }, () => keepAsking(next, until, tally)))
  const { times, bytes } = tally
  return {
    answers: times.length,
    rate: (times.length * 1000) / (performance.now() - begun),
    p50: percentile(times, 50),
    p99: percentile(times, 99),
    bytes: bytes / times.length,
  }
}

function requestOf(path: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** One connection: the next question when the last is answered. */
function keepAsking(
  next: () => Buffer,
  until: number,
  tally: { times: number[]; bytes: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let asked = 0
    let seen: Buffer | undefined
    const send = (): void => {
      asked = performance.now()
      socket.write(next())
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk) => {
      seen = seen ? Buffer.concat([seen, chunk]) : chunk
      if (!isWhole(seen)) return
      const answered = performance.now()
      tally.times.push(answered - asked)
      tally.bytes += seen.length
      if (!seen.subarray(0, 12).equals(good)) {
        reject(new Error(`answered ${seen.toString('latin1', 0, 600)}`))
        socket.destroy()
      } else if (answered < until) send()
      else socket.end()
      seen = undefined
    })
  })
}

const good = Buffer.from('HTTP/1.1 200')
const endOfHead = Buffer.from('\r\n\r\n')
const endOfChunks = Buffer.from('\r\n0\r\n\r\n')

/** JSON has no line breaks of its own here, so that the last chunk cannot be mistaken. */
function isWhole(seen: Buffer): boolean {
  const head = seen.indexOf(endOfHead)
  if (head < 0) return false
  const [, length] = /content-length: (\d+)/i.exec(seen.toString('latin1', 0, head)) ?? []
  if (length !== undefined) return seen.length >= head + 4 + Number(length)
  return seen.subarray(-endOfChunks.length).equals(endOfChunks)
}
