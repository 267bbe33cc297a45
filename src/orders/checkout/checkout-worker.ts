/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// The thread that checkout-thread.ts starts.
import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../db/index.ts'
import type { CheckoutBatch, CheckoutWorkerData, SentBack } from './checkout-thread.ts'
import { placeOrders } from './place-orders.ts'

const { at, hub } = workerData as CheckoutWorkerData
const db = await openDatabase({ at, sleep: setTimeout, fraction: Math.random, connections: 2 })
const say = (message: SentBack): void => parentPort?.postMessage(message)

async function work({ id, commands, now, limits: told }: CheckoutBatch): Promise<SentBack> {
  const limits = told && {
    limits: told.limits,
    today: () => told.today,
    rate: (currency: string) => told.rates.get(currency),
  }
  try {
    return { id, answers: await placeOrders({ db, hub, limits }, commands, now) }
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    return { id, fault: message, code }
  }
}

parentPort?.on('message', (batch: CheckoutBatch) => void work(batch).then(say))
say('ready')
