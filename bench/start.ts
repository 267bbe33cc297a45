// The start of a hub: from the command to its first answer, embedded database included.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Figure } from './support/figure.ts'
import { serveHub, withFolder, type HubProcess } from './support/hub-process.ts'
import { median, now } from './support/measure.ts'

interface Round {
  /** Milliseconds from the command to the first answer. */
  firstTime: number
  again: number
  /** To the first landed cost, which reads the rules; undefined where the hub has no such address. */
  landedCost: number | undefined
  /** A bare Node that says hello: the yardstick. */
  bare: number
}

export async function run(): Promise<Figure[]> {
  const rounds: Round[] = []
  while (rounds.length < 5) rounds.push(await withFolder(measureRound))
  const bare = median(rounds.map((round) => round.bare))
  const asked = rounds.flatMap(({ landedCost }) => landedCost ?? [])
  const figure = (what: string, times: readonly number[], most?: number): Figure => ({
    name: `start: ${what}`,
    value: median(times) / 1000,
    unit: 's',
    yardstick: { name: 'bare Node', value: bare / 1000 },
    ratio: median(times) / bare,
    ...(most === undefined ? {} : { bar: { of: 'figure', most } }),
  })
  return [
    figure(
      'on existing data, first answer',
      rounds.map((round) => round.again),
      1.5,
    ),
    figure(
      'the first time, first answer',
      rounds.map((round) => round.firstTime),
      3,
    ),
    ...(asked.length > 0 ? [figure('on existing data, first landed cost', asked)] : []),
  ]
}

async function measureRound(folder: string): Promise<Round> {
  const data = join(folder, 'data')
  const bare = measureBare()
  const firstTime = await withHub(data, (since) => answered(since, (address) => fetch(address)))
  const [again, landedCost] = await withHub(data, async (since) => [
    await answered(since, (address) => fetch(address)),
    await answered(since, askLandedCost),
  ])
  if (firstTime === undefined || again === undefined) throw new Error('the hub has no first page')
  return { firstTime, again, landedCost, bare }
}

function measureBare(): number {
  const begun = now()
  execFileSync(process.execPath, ['--eval', 'console.log("hello")'])
  return now() - begun
}

type Since = HubProcess & { begun: number }

async function withHub<T>(data: string, work: (hub: Since) => Promise<T>): Promise<T> {
  const begun = now()
  const hub = serveHub(data)
  try {
    return await work({ ...hub, begun })
  } finally {
    await hub.stop()
  }
}

/** Milliseconds from the command to the end of the answer; undefined for a 404. */
async function answered(
  { begun, address }: Since,
  ask: (address: string) => Promise<Response>,
): Promise<number | undefined> {
  const answer = await ask(await address)
  await answer.arrayBuffer()
  const took = now() - begun
  if (answer.status === 404) return undefined
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`)
  return took
}

function askLandedCost(address: string): Promise<Response> {
  const scarf = {
    ...{ id: 'scarf', code: '621410', origin: 'MY', netMassKg: '0.2' },
    unitPrice: { amount: '45.00', currency: 'EUR' },
  }
  const body = JSON.stringify({ from: 'MY', on: '2026-11-22', to: ['DE'], lines: [scarf] })
  const headers = { 'content-type': 'application/json' }
  return fetch(new URL('/api/v1/landed-cost', address), { method: 'POST', headers, body })
}
