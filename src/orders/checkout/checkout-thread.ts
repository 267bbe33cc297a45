/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// In a busy hour checkouts are decided and written on a thread of their own: requests that come in do not hold up what the
// database answers, nor the other way round (docs/decisions/0025).
import { Worker } from 'node:worker_threads'
import { currencies } from '../../basis/currency.ts'
import type { Day } from '../../basis/day.ts'
import type { Ratio } from '../../basis/ratio.ts'
import type { Answer, Command, Database } from '../../db/index.ts'
import type { LimitParts, Limits } from '../../payments/index.ts'
import type { OrderParts } from '../parts.ts'
import type { PlaceOrders } from './place-orders.ts'

export type CheckoutThread = {
  /** Places the orders of a batch as placeOrders does. Undefined where that is to be done here: few came, or it is not up yet. */
  place(
    commands: readonly Command<PlaceOrders>[],
    now: number,
    limits: LimitParts | undefined,
  ): Promise<Answer[]> | undefined
  /** Once nothing waits for it any more. */
  stop(): Promise<void>
}

export type CheckoutWorkerData = { readonly at: Database['at']; readonly hub: OrderParts['hub'] }

/** What the thread is sent: what limits ask of the hub goes along, as functions cannot. */
export type CheckoutBatch = {
  readonly id: number
  readonly commands: readonly Command<PlaceOrders>[]
  readonly now: number
  readonly limits:
    | { limits: Limits | undefined; today: Day; rates: ReadonlyMap<string, Ratio | undefined> }
    | undefined
}

export type SentBack =
  | 'ready'
  | { id: number; answers: Answer[] }
  | { id: number; fault: string; code: string | undefined }

type Parts = Pick<OrderParts, 'db' | 'hub'> & {
  /** What the thread runs: answer-checkouts.ts. */
  readonly file: URL
  readonly report: (error: unknown, message: string) => void
  /** So many at a time are worth a thread, which takes 0.4 s and some 80 MB. */
  readonly many?: number
}

/** Milliseconds until one that broke is started again. */
const pause = 10_000

const loader = new URL('../../../bin/loader.js', import.meta.url).href

export function openCheckoutThread({ db, hub, file, report, many = 8 }: Parts): CheckoutThread {
  const { id, name, territory } = hub
  const waiting = new Map<number, PromiseWithResolvers<Answer[]>>()
  let thread: { readonly worker: Worker; ready: boolean } | undefined
  let notBefore = 0
  let sent = 0
  const start = (now: number): void => {
    const worker = new Worker(file, {
      execArgv: ['--import', loader],
      workerData: { at: db.at, hub: { id, name, territory } } satisfies CheckoutWorkerData,
    })
    const started = { worker, ready: false }
    thread = started
    notBefore = now + pause
    worker.unref()
    worker.on('message', (message: SentBack) => {
      if (message === 'ready') started.ready = true
      else settle(message)
    })
    worker.on('error', (error) => report(error, 'the thread of checkouts broke'))
    worker.on('exit', () => {
      if (thread === started) thread = undefined
      // Whether it was done only the database knows: whoever asks again with their key is told.
      const gone = Object.assign(new Error('the thread is gone'), { code: 'ECONNABORTED' })
      for (const { reject } of waiting.values()) reject(gone)
      waiting.clear()
    })
  }
  const settle = (message: Exclude<SentBack, 'ready'>): void => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if ('answers' in message) asked?.resolve(message.answers)
    else asked?.reject(Object.assign(new Error(message.fault), { code: message.code }))
  }
  return {
    place(commands, now, limits) {
      if (!thread && commands.length >= many && now >= notBefore) start(now)
      if (!thread?.ready) return undefined
      const asked = Promise.withResolvers<Answer[]>()
      sent += 1
      waiting.set(sent, asked)
      const batch: CheckoutBatch = { id: sent, commands, now, limits: limits && told(limits) }
      thread.worker.postMessage(batch)
      return asked.promise
    },
    async stop() {
      notBefore = Infinity
      await thread?.worker.terminate()
    },
  }
}

const told = ({ limits, today, rate }: LimitParts): CheckoutBatch['limits'] => ({
  ...{ limits, today: today() },
  rates: new Map(limits ? currencies.map((currency) => [currency, rate(currency)]) : []),
})
