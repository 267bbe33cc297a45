import {
  forgetOldImports,
  forgetUnusedPictures,
  repriceStale,
  runImportWorker,
  shopReader,
} from '../catalogue/routes.tsx'
import { forgetOutcomes } from '../db/index.ts'
import { sealer } from '../ledger/index.ts'
import { askOtherHubs, followOtherHubs, moveDueOrders } from '../orders/index.ts'
import { forgetBaskets } from '../orders/routes.tsx'
import { forgetUnusedQuotes, workRails } from '../payments/index.ts'
import { followNames, forgetExpired, rescreenDue, sendMails } from '../parties/index.ts'
import {
  judgeOfToday,
  orderPartsOf,
  partiesPartsOf,
  railPartsOf,
  refreshPartsOf,
} from './capabilities.ts'
import type { Hub } from './create-hub.ts'
import { runReaders } from './run-readers.ts'

/** What a hub does beside answering: it follows its own events, works on files, sends mails, keeps prices of today. */
export interface Background {
  /** Look at once: somebody has just changed something. */
  wake(): void
  /** Lets what is under way end. */
  stop(): Promise<void>
}

const minute = 60_000

/** Several processes on one database may each do this: every piece of work is taken by one. */
export function runBackground(hub: Hub): Background {
  const { db, clock, log } = hub
  const refresh = refreshPartsOf(hub)
  const report = (err: unknown, message: string): void => log.error({ err }, message)
  const readers = runReaders({
    ...{ db, clock, log },
    readers: [
      followNames(hub.screening),
      shopReader(refresh),
      sealer({ keys: hub.keys, now: () => clock.now() }),
    ],
  })
  const imports = runImportWorker({
    ...{ db, report, sleep: clock.sleep, now: () => clock.now(), random: hub.random.bytes },
    knowsCode: (code) => hub.nomenclature().isSubheading(code),
    // A judge knows one day's law.
    get judge() {
      return judgeOfToday(hub)
    },
  })
  const stopping = new AbortController()
  const every = async (pause: number, what: string, work: () => Promise<unknown>) => {
    while (!stopping.signal.aborted) {
      await work().catch((err: unknown) => stopping.signal.aborted || report(err, what))
      await clock.sleep(pause, stopping.signal)
    }
  }
  const unused = new Map<string, number>()
  const ended = [
    every(5_000, 'mails were not sent', () => sendMails(partiesPartsOf(hub))),
    every(1_000, 'money was not moved', async () => {
      while (!hub.stopping() && (await workRails(railPartsOf(hub))) > 0);
    }),
    every(1_000, 'orders that are due were not moved', async () => {
      while (!hub.stopping() && (await moveDueOrders(orderPartsOf(hub), clock.now())) > 0);
    }),
    ...(hub.otherHub
      ? [
          every(2_000, 'other hubs were not asked', () => askOtherHubs(orderPartsOf(hub))),
          every(2_000, 'other hubs were not followed', () => followOtherHubs(orderPartsOf(hub))),
        ]
      : []),
    every(60 * minute, 'old baskets were not forgotten', () =>
      forgetBaskets(db.kysely, clock.now()),
    ),
    every(minute, 'names were not screened anew', () =>
      rescreenDue(db, hub.screening, clock.now()),
    ),
    every(minute, 'prices were not made anew', () => repriceAll(hub)),
    every(60 * minute, 'what is over was not forgotten', () =>
      forgetExpired(db.kysely, clock.now()),
    ),
    every(60 * minute, 'old outcomes of commands were not forgotten', async () => {
      while ((await forgetOutcomes(db, clock.now())) > 0);
    }),
    every(60 * minute, 'unused quotes of the dealer were not forgotten', async () => {
      while ((await forgetUnusedQuotes(db, clock.now())) > 0);
    }),
    every(60 * minute, 'old imports were not forgotten', () =>
      forgetOldImports(db.kysely, clock.now()),
    ),
    every(60 * minute, 'unused pictures were not forgotten', () =>
      forgetUnusedPictures(db, unused, clock.now()),
    ),
  ]
  return {
    wake() {
      readers.wake()
      imports.wake()
    },
    async stop() {
      stopping.abort()
      await Promise.all([readers.stop(), imports.stop(), ...ended])
    },
  }

  async function repriceAll({ stopping: isStopping }: Hub): Promise<void> {
    while (!isStopping() && (await repriceStale(db, refresh)) > 0);
  }
}
