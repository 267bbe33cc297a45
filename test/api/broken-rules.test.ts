import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, expect, test } from 'vitest'
import { createTariff, type Answer } from '../../src/tariff/index.ts'
import { tariffRoutes } from '../../src/tariff/routes.tsx'

// A world of two: Fiji, whose law is in order, and Tonga, whose file somebody is just writing.
const folder = mkdtempSync(join(tmpdir(), 'ewtp-rules-'))
afterAll(() => rmSync(folder, { recursive: true }))

const source =
  '{ title: A law, publisher: A ministry, url: "https://law.test/1", read: 2026-11-22 }'
function write(territory: string, file: string, text: string): void {
  mkdirSync(join(folder, territory), { recursive: true })
  writeFileSync(join(folder, territory, file), text)
}
write(
  'FJ',
  'territory.yaml',
  `territory: FJ
currency: [{ currency: FJD, from: 1969-01-13 }]
valuation: [{ id: fj-cif, from: 2000-01-01, price: 100%, freight: 100%, insurance: 100%, citation: ${source} }]
exchange: [{ id: fj-rate, from: 2000-01-01, source: ecb, rule: latest, exact: true, citation: ${source} }]
`,
)
write(
  'FJ',
  'schemes.yaml',
  `regimes: [{ id: fj-post, name: Post, from: 2000-01-01, citation: ${source}, lines: [{ duty: 10% }] }]`,
)
write('TO', 'territory.yaml', 'territory: TO\ncurrency: [')

const reports: string[] = []
const tariff = createTariff({ rulesFolder: folder })
const app = new Hono().route(
  '/',
  tariffRoutes({
    tariff: () => tariff,
    today: () => '2026-11-22',
    hub: { name: 'Suva hub', territory: 'FJ' },
    report: (_, message) => reports.push(message),
  }),
)

const ask = (on: string) =>
  app.request('/api/v1/landed-cost', {
    method: 'POST',
    body: JSON.stringify({
      from: 'MY',
      on,
      to: ['FJ', 'TO'],
      lines: [
        { id: 'a', code: '6214.10', origin: 'MY', unitPrice: { amount: '20', currency: 'FJD' } },
      ],
    }),
  })

test('a territory whose file is broken is left out, said, and told to the operator', async () => {
  const answer = await ask('2026-11-22')
  expect(answer.status).toBe(200)
  const { answers, unavailable } = (await answer.json()) as {
    answers: Answer[]
    unavailable: object
  }
  expect(answers.map(({ to, totals }) => [to, totals.duty])).toEqual([['FJ', '2.00']])
  expect(unavailable).toEqual([{ to: 'TO', reason: 'rules-broken' }])
  expect(reports).toContain('no answer for TO')
})

test('so is one that had no currency yet on the day', async () => {
  const { unavailable } = (await (await ask('1960-01-01')).json()) as { unavailable: object }
  expect(unavailable).toEqual([
    { to: 'FJ', reason: 'no-law-on-day' },
    { to: 'TO', reason: 'rules-broken' },
  ])
})

const question = 'from=MY&currency=FJD&goods-1=Scarf&code-1=6214.10&price-1=20&to=FJ&to=TO'

test.each([
  [`/cost?${question}`, 200, 'Its rules cannot be read right now'],
  [`/cost/changes?${question}&since=2025-01-01`, 200, 'What the law changed'],
  [`/cost/markets?${question}`, 200, 'Fiji'],
  ['/rules', 200, 'Tonga'],
  ['/rules/TO', 404, 'Nothing is here'],
  ['/rules/TO/any', 404, 'Nothing is here'],
  ['/tariff/TO/6214.10', 404, 'Nothing is here'],
])('the pages go on: %s', async (path, status, text) => {
  const answer = await app.request(path)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toContain(text)
})

test('a program is told that the rules cannot be read', async () => {
  const answer = await app.request('/api/v1/tariff/TO/6214.10')
  expect([answer.status, ((await answer.json()) as { type: string }).type]).toEqual([
    503,
    'urn:ewtp:problem:rules-broken',
  ])
})
