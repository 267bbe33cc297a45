/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTariff } from '../../tariff/index.ts'
import { languageFor } from '../../ui/index.ts'
import type { Offer } from '../offer.ts'
import { MarketDetail } from './market-detail.tsx'

const tariff = createTariff({ rulesFolder: join(import.meta.dirname, '../../../rules') })

const offer: Offer = {
  homeHub: '0199d2f0-0000-7000-8000-000000000001',
  businessId: '0199d2f0-0000-7000-8000-00000000000a',
  offerId: '0199d2f0-0000-7000-8000-0000000000f0',
  slug: 'scarf',
  status: 'draft',
  mainLocale: 'en',
  texts: [],
  subheading: '621410',
  classified: null,
  nationalCodes: {},
  origin: 'MY',
  materials: null,
  brand: null,
  measures: {},
  facts: {},
  proofs: [],
  currency: 'MYR',
  variants: [],
  pictures: [],
  version: 1n,
  createdAt: 0,
  updatedAt: 0,
  publishedAt: null,
}

/** What the tariff says of a dear scarf from Malaysia to Viet Nam, with the proofs that the seller holds. */
function detail(proofs: readonly string[]): string {
  const price = { amount: '5000.00', currency: 'MYR' }
  const line = { id: '1', code: '621410', origin: 'MY', unitPrice: price, netMassKg: '0.08' }
  const answer = tariff.quote(
    {
      from: 'MY',
      transport: 'courier',
      freight: { amount: '20.00', currency: 'MYR' },
      lines: [{ ...line, proofs: [...proofs] }],
    },
    'VN',
    { on: '2026-11-22' },
  )
  const { landed } = answer.totals
  const state = {
    destination: 'VN',
    state: 'ready' as const,
    needs: [],
    price: {
      destination: 'VN',
      status: answer.status,
      total: landed === null ? null : { amount: landed, currency: answer.currency },
      basket: null,
      exchange: null,
      answer,
      lane: null,
      days: null,
      missing: [],
      reasons: [],
    },
  }
  return String(<MarketDetail state={state} offer={offer} language={languageFor('en')} />)
}

test('a proof of origin that saves duty is offered, each kind with its own button; once held it is not', () => {
  const asks = detail([])
  expect(asks).toMatch(/VND\W+[\d,]+ less with a proof of origin/)
  expect(asks).toContain('ASEAN Trade in Goods Agreement')
  expect(asks.match(/name="proof" value="(form-d|atiga-origin-declaration)"/g)).toHaveLength(2)
  const held = detail(['form-d'])
  expect(held).not.toContain('less with a proof of origin')
  expect(held).toContain('Papers that go along')
})
