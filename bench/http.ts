/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// Landed cost over HTTP: a whole hub on 127.0.0.1, asked on 32 connections from another thread, in turns with a route of
// the same hub that checks the basket the same way and then answers an object it has kept.
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { createAdaptorServer } from '@hono/node-server'
import { createLog, realClock, startHub } from '../src/app/index.ts'
import { createApp } from '../src/app/server.ts'
import { createTariff } from '../src/tariff/index.ts'
import { makeCases, type Case } from './landed-cost.ts'
import { rulesFolder } from './support/codes.ts'
import type { Figure } from './support/figure.ts'
import { withFolder } from './support/hub-process.ts'
import type { ClientData, Phase, PhaseResult } from './support/http-client.ts'
import { keptAnswer, usualAnswer } from './support/kept-answer.ts'
import { median } from './support/measure.ts'

export function run(): Promise<Figure[]> {
  // One machine asks for all of them: requests are counted as always, but it may make as many as it can.
  process.env['EWTP_API_PER_ADDRESS'] = '1000000'
  const cases = makeCases(2_000, 3)
  return withFolder(async (folder) => {
    const { hub, stop } = await startHub({
      dataFolder: join(folder, 'data'),
      log: createLog(realClock(), 'warn'),
    })
    const app = createApp(hub)
    const tariff = createTariff({ rulesFolder })
    app.post(keptPath, keptAnswer(tariff, usualAnswer(tariff, cases)))
    const server = createAdaptorServer({ fetch: app.fetch }) as Server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      return figuresOf(await measure({ port, bodies: cases.map(bodyOf), connections: 32 }))
    } finally {
      server.close()
      await stop()
    }
  })
}

const realPath = '/api/v1/landed-cost'
const keptPath = '/bench/kept'

const bodyOf = ({ json, tariff }: Case): string =>
  JSON.stringify({ ...json, on: tariff.day, to: [tariff.territory] })

interface Side extends PhaseResult {
  /** Answers for a second of processor time of the hub's own thread. */
  perCore: number
}
interface Round {
  real: Side
  kept: Side
}

/** Which of the two goes first changes from round to round. */
async function measure(data: ClientData): Promise<Round[]> {
  const client = new Worker(new URL('./support/http-client.ts', import.meta.url), {
    workerData: data,
  })
  try {
    for (const path of [realPath, keptPath, realPath, keptPath])
      await ask(client, { path, milliseconds: 2_000 })
    const rounds: Round[] = []
    while (rounds.length < 7) rounds.push(await measureRound(client, rounds.length % 2 === 0))
    return rounds
  } finally {
    await client.terminate()
  }
}

async function measureRound(client: Worker, realFirst: boolean): Promise<Round> {
  const first = await measureSide(client, realFirst ? realPath : keptPath)
  const second = await measureSide(client, realFirst ? keptPath : realPath)
  return realFirst ? { real: first, kept: second } : { real: second, kept: first }
}

async function measureSide(client: Worker, path: string): Promise<Side> {
  const begun = process.threadCpuUsage()
  const result = await ask(client, { path, milliseconds: 3_000 })
  const { user, system } = process.threadCpuUsage(begun)
  return { ...result, perCore: (result.answers * 1_000_000) / (user + system) }
}

function ask(client: Worker, phase: Phase): Promise<PhaseResult> {
  return new Promise((resolve, reject) => {
    client.once('message', (result: PhaseResult | { fault: string }) => {
      if ('fault' in result) reject(new Error(`${phase.path} ${result.fault}`))
      else resolve(result)
    })
    client.postMessage(phase)
  })
}

function figuresOf(rounds: readonly Round[]): Figure[] {
  const of = (value: (round: Round) => number): number => median(rounds.map(value))
  const bar = { of: 'ratio', least: 0.6 } as const
  const note =
    `32 connections, half of the answers within ${of(({ real }) => real.p50).toFixed(1)} ms, ` +
    `99 of 100 within ${of(({ real }) => real.p99).toFixed(1)} ms; ` +
    `${of(({ real }) => real.bytes).toFixed(0)} bytes an answer, ` +
    `kept ${of(({ kept }) => kept.bytes).toFixed(0)}`
  return [
    {
      ...{ name: 'landed cost over HTTP, 3 lines', unit: '/s', bar, note },
      value: of(({ real }) => real.rate),
      yardstick: { name: 'kept object', value: of(({ kept }) => kept.rate) },
      ratio: of(({ real, kept }) => real.rate / kept.rate),
    },
    {
      ...{ name: 'landed cost over HTTP, by processor time', unit: '/s per core', bar },
      value: of(({ real }) => real.perCore),
      yardstick: { name: 'kept object', value: of(({ kept }) => kept.perCore) },
      ratio: of(({ real, kept }) => real.perCore / kept.perCore),
    },
  ]
}
