/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// Landed cost over HTTP: a whole hub on 127.0.0.1, asked on 32 connections from another thread, in turns with a route of
// the same hub that checks the basket the same way and then answers an object it has kept.
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
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
      return [figureOf(await measure({ port, bodies: cases.map(bodyOf), connections: 32 }))]
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

interface Round {
  real: PhaseResult
  kept: PhaseResult
  /** Share of the time in which the hub's thread was at work: below 1 the client was too slow. */
  busy: number
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
  const phase = (path: string) => ask(client, { path, milliseconds: 3_000 })
  const before = performance.eventLoopUtilization()
  const first = await phase(realFirst ? realPath : keptPath)
  const second = await phase(realFirst ? keptPath : realPath)
  const busy = performance.eventLoopUtilization(before).utilization
  return realFirst ? { real: first, kept: second, busy } : { real: second, kept: first, busy }
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

function figureOf(rounds: readonly Round[]): Figure {
  const of = (value: (round: Round) => number): number => median(rounds.map(value))
  const bytes = (value: number): string => value.toFixed(0)
  return {
    name: 'landed cost over HTTP, 3 lines',
    value: of(({ real }) => real.rate),
    unit: '/s',
    yardstick: { name: 'kept object', value: of(({ kept }) => kept.rate) },
    ratio: of(({ real, kept }) => real.rate / kept.rate),
    bar: { of: 'ratio', least: 0.6 },
    note:
      `32 connections, half of the answers within ${of(({ real }) => real.p50).toFixed(1)} ms, ` +
      `99 of 100 within ${of(({ real }) => real.p99).toFixed(1)} ms; ` +
      `${bytes(of(({ real }) => real.bytes))} bytes an answer, ` +
      `kept ${bytes(of(({ kept }) => kept.bytes))}; ` +
      `the hub's thread was busy ${of(({ busy }) => busy).toFixed(2)} of the time`,
  }
}
