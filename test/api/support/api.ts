import { join } from 'node:path'
import type { Database } from '../../../src/db/index.ts'
import { testHub } from '../../support/hub.ts'
import { createTariff } from '../../../src/tariff/index.ts'

export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  errors?: { at: string; reason: string }[]
  instance: string
  requestId: string
}

export interface Answered {
  status: number
  type: string
  requestId: string | null
  body: unknown
}

/** The rules that the hub under test reads as well. */
export const tariff = createTariff({
  rulesFolder: join(import.meta.dirname, '../../../rules'),
})

/** Quotes need no database; whoever reaches for one is told. */
const noDatabase = new Proxy({} as Database, {
  get: () => {
    throw new Error('This hub has no database')
  },
})

export const hub = testHub(noDatabase)

export const get = (path: string): Promise<Answered> => send(new Request(`http://hub.test${path}`))

/** POST /api/v1/landed-cost with a body as it is, or with a value as JSON. */
export const ask = (body: unknown): Promise<Answered> => askText(JSON.stringify(body))

export function askText(body: string): Promise<Answered> {
  const headers = { 'content-type': 'application/json' }
  const url = 'http://hub.test/api/v1/landed-cost'
  return send(new Request(url, { method: 'POST', body, headers }))
}

export async function send(request: Request, to = hub): Promise<Answered> {
  const answer = await to.fetch(request)
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    requestId: answer.headers.get('x-request-id'),
    body: await answer.json(),
  }
}

/** Two silk scarves; every test changes what it is about. */
export const line = (change: Record<string, unknown> = {}) => ({
  id: 'scarf',
  description: 'Batik scarf of silk',
  code: '6214.10',
  origin: 'MY',
  quantity: '2',
  unitPrice: { amount: '108.39', currency: 'MYR' },
  netMassKg: '0.2',
  ...change,
})

export const basket = () => ({
  from: 'MY',
  transport: 'courier',
  consignee: 'consumer',
  freight: { amount: '45.00', currency: 'MYR' },
  lines: [line()],
})
