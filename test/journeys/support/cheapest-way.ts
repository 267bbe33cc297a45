// The price at a door by the hub's interface for programs: what the pages say must be the same to the cent.
import { expect } from 'vitest'

/** One piece of a seller in Malaysia, priced in ringgit. */
export interface Piece {
  title: string
  code: string
  price: string
  kg: string
}

export interface Lane {
  carrier: string
  service: string
  transport: string
  dutyPaid: boolean
  amount: string
  currency: string
}

export interface Totals {
  goods: string
  freight: string
  landed: string | null
}

/** Asks for the price with every lane that takes the piece there, and gives the lowest with its lane. */
export async function cheapestWay(
  origin: string,
  to: string,
  { title, code, price, kg }: Piece,
): Promise<{ totals: Totals; lane: Lane }> {
  const parcel = new URLSearchParams({ from: 'MY', to, kg, code })
  const { quotes } = await told<{ quotes: Lane[] }>(`${origin}/api/v1/lanes?${parcel}`)
  const line = { id: '1', description: title, code, origin: 'MY', quantity: '1', netMassKg: kg }
  const lines = [{ ...line, unitPrice: { amount: price, currency: 'MYR' } }]
  const ways = quotes.map(async (lane) => {
    const { transport, dutyPaid, amount, currency } = lane
    const incoterm = dutyPaid ? 'DDP' : 'DAP'
    const freight = { amount, currency }
    const basket = { from: 'MY', transport, consignee: 'consumer', incoterm, freight, hs: '2022' }
    const { answers } = await told<{ answers: { totals: Totals }[] }>(
      `${origin}/api/v1/landed-cost`,
      { ...basket, lines, to: [to] },
    )
    return answers.map(({ totals }) => ({ totals, lane }))
  })
  const priced = (await Promise.all(ways)).flat().filter(({ totals }) => totals.landed !== null)
  const [first] = priced.toSorted((a, b) => Number(a.totals.landed) - Number(b.totals.landed))
  if (!first) throw new Error(`No way to ${to} has a price`)
  return first
}

async function told<T>(url: string, body?: object): Promise<T> {
  const headers = { 'content-type': 'application/json' }
  const asked = body ? { method: 'POST', headers, body: JSON.stringify(body) } : {}
  const answer = await fetch(url, asked)
  expect(answer.status, url).toBe(200)
  return (await answer.json()) as T
}
