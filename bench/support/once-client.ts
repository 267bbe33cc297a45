/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// The asking side where every request may be sent once only, as each is an order of its own. Connections are kept open,
// one question at a time on each.
import { connect, type Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { percentile } from './measure.ts'

/** What the thread is given when it starts. */
export interface OnceData {
  port: number
}
/** Whole requests as text; every connection takes the next one until there are none or the time is over. */
export interface OncePhase {
  requests: readonly string[]
  connections: number
  milliseconds: number
}
export interface OnceResult {
  /** By status. */
  answers: Record<string, number>
  /** Answers of 2xx a second. */
  rate: number
  p50: number
  p99: number
  /** Of what was turned away: 503. */
  p99Shed: number
  taken: number
}

const { port } = workerData as OnceData

parentPort?.on('message', (phase: OncePhase) => {
  ask(phase).then(
    (result) => parentPort?.postMessage(result),
    (error: Error) => parentPort?.postMessage({ fault: error.message }),
  )
})

async function ask({ requests, connections, milliseconds }: OncePhase): Promise<OnceResult> {
  const buffers = requests.map((text) => Buffer.from(text))
  const tally = {
    good: [] as number[],
    shed: [] as number[],
    answers: {} as Record<string, number>,
  }
  let taken = 0
  const next = (): Buffer | undefined => buffers[taken++]
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, () => keepAsking(next, begun + milliseconds, tally)),
  )
  const took = performance.now() - begun
  return {
    answers: tally.answers,
    rate: (tally.good.length * 1000) / took,
    p50: percentile(tally.good, 50),
    p99: percentile(tally.good, 99),
    p99Shed: tally.shed.length > 0 ? percentile(tally.shed, 99) : 0,
    taken: Math.min(taken, buffers.length),
  }
}

function keepAsking(
  next: () => Buffer | undefined,
  until: number,
  tally: { good: number[]; shed: number[]; answers: Record<string, number> },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let asked = 0
    let seen: Buffer | undefined
    let request: Buffer | undefined
    const send = (again = false): void => {
      if (performance.now() >= until) return void socket.end()
      if (!again) request = next()
      if (!request) return void socket.end()
      asked = performance.now()
      socket.write(request)
    }
    socket.setNoDelay(true)
    socket.on('connect', () => send())
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk) => {
      seen = seen ? Buffer.concat([seen, chunk]) : chunk
      const head = seen.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = /content-length: (\d+)/i.exec(seen.toString('latin1', 0, head))?.[1]
      const whole =
        length === undefined
          ? seen.subarray(-5).toString() === '0\r\n\r\n'
          : seen.length >= head + 4 + Number(length)
      if (!whole) return
      const status = seen.toString('latin1', 9, 12)
      tally.answers[status] = (tally.answers[status] ?? 0) + 1
      const took = performance.now() - asked
      if (status.startsWith('2')) tally.good.push(took)
      else if (status === '503') tally.shed.push(took)
      else return void reject(new Error(`answered ${seen.toString('latin1', 0, 900)}`))
      const again = /retry-after: (\d+)/i.exec(seen.toString('latin1', 0, head))
      if (status === '503' && !again) return void reject(new Error('no Retry-After'))
      seen = undefined
      // Who is told to come again does so when told, where that is before the end.
      const pause = again ? Number(again[1]) * 1000 : 0
      if (performance.now() + pause >= until) return void socket.end()
      if (status === '503') setTimeout(() => send(true), pause)
      else send()
    })
  })
}
