/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase, type DatabaseOptions } from '../../db/index.ts'
import type { CheckoutBatch, CheckoutWorkerData, SentBack } from './checkout-thread.ts'
import { placeOrders } from './place-orders.ts'

/** The other side of checkout-thread.ts: opens the database and places what it is sent, until the thread ends. */
export async function answerCheckouts(
  parts: Pick<DatabaseOptions, 'sleep' | 'fraction'>,
): Promise<void> {
  const { at, hub } = workerData as CheckoutWorkerData
  const db = await openDatabase({ at, connections: 2, ...parts })
  const say = (message: SentBack): void => parentPort?.postMessage(message)
  const answer = async ({ id, commands, now, limits }: CheckoutBatch): Promise<void> => {
    try {
      const answers = await placeOrders({ db, hub, limits: limits && asked(limits) }, commands, now)
      say({ id, answers })
    } catch (error) {
      const { message, code } = error as Error & { code?: string }
      say({ id, fault: message, code })
    }
  }
  parentPort?.on('message', (batch: CheckoutBatch) => void answer(batch))
  say('ready')
}

const asked = ({ limits, today, rates }: NonNullable<CheckoutBatch['limits']>) => ({
  limits,
  today: () => today,
  rate: (currency: string) => rates.get(currency),
})
