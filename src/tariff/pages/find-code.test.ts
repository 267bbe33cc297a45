import { expect, test } from 'vitest'
import { realTariff } from '../../../test/cli/real-rules.ts'
import { tariffRoutes } from '../routes.tsx'

// A seller who knows what the goods are and not what customs calls them: from the question of price to guided
// classification and back, with everything that was typed.

const app = tariffRoutes({
  tariff: () => realTariff,
  today: () => '2026-11-22',
  hub: { name: 'Test hub', territory: 'MY' },
  report: () => {},
})
const typed = {
  asked: '1',
  from: 'MY',
  currency: 'MYR',
  freight: '45.00',
  'goods-1': 'Batik scarf of silk, 90 × 90 cm',
  'quantity-1': '3',
  'price-2': '7,50',
  'measure-2-m2': '0.8',
  to: 'GB',
}
const go = async (path: string): Promise<URL> => {
  const response = await app.request(path)
  expect(response.status, path).toBe(303)
  return new URL(response.headers.get('location') ?? '', 'http://hub.test')
}
const found = (next: string, more: Record<string, string>): Promise<URL> =>
  go(`${next}&${new URLSearchParams(more)}`)

test('each kind of goods has a way to find its code', async () => {
  const html = await (await app.request(`/cost/question?${new URLSearchParams(typed)}`)).text()
  expect(html).toMatch(/<button[^>]* name="find" value="1">I do not know the code/)
  expect(html).toMatch(/<button[^>]* name="find" value="2">/)
})

test('the way there says what the goods are; the way back fills in the code and keeps the rest', async () => {
  const there = await go(`/cost?${new URLSearchParams({ ...typed, find: '1' })}`)
  expect(there.pathname).toBe('/classify')
  expect(there.searchParams.get('classify-text')).toBe(typed['goods-1'])
  const next = there.searchParams.get('next') ?? ''
  const back = await found(next, { found: '621410', 'found-text': 'silk scarf' })
  expect([back.pathname, back.hash]).toEqual(['/cost/question', '#code-1'])
  expect(Object.fromEntries(back.searchParams)).toEqual({ ...typed, 'code-1': '6214.10' })
  expect(await (await app.request(back.pathname + back.search)).text()).toContain('value="6214.10"')
})

test('the market finder has the same way, and prices at once on the way back', async () => {
  const asked = { ...typed, sort: 'name', wanted: '120' }
  const html = await (await app.request(`/cost/markets?${new URLSearchParams(asked)}`)).text()
  expect(html).toMatch(/<button[^>]* name="find" value="1">I do not know the code/)
  const there = await go(`/cost/markets?${new URLSearchParams({ ...asked, find: '1' })}`)
  expect(there.pathname).toBe('/classify')
  const back = await found(there.searchParams.get('next') ?? '', { found: '621410' })
  expect(back.pathname).toBe('/cost/markets')
  expect(Object.fromEntries(back.searchParams)).toEqual({ ...asked, 'code-1': '6214.10' })
})

test('goods without a name get the words by which the code was found', async () => {
  const there = await go(`/cost?${new URLSearchParams({ ...typed, find: '2' })}`)
  expect(there.searchParams.has('classify-text')).toBe(false)
  const next = there.searchParams.get('next') ?? ''
  const back = await found(next, { found: '330510', 'found-text': 'shampoo' })
  expect(Object.fromEntries(back.searchParams)).toEqual({
    ...typed,
    'goods-2': 'shampoo',
    'code-2': '3305.10',
  })
})

test('a line of one country comes back as its own', async () => {
  const there = await go(`/cost?${new URLSearchParams({ ...typed, find: '1' })}`)
  const next = there.searchParams.get('next') ?? ''
  const { searchParams } = await found(next, { found: '62141010', 'found-of': 'VN' })
  expect([searchParams.get('code-1'), searchParams.get('code-of-1')]).toEqual(['6214.10.10', 'VN'])
})

test.each(['', '&found=', '&found=scarf', '&found=6', '&found=770110'])(
  'back without a code (%s): the form as it was left',
  async (more) => {
    const there = await go(`/cost?${new URLSearchParams({ ...typed, find: '1' })}`)
    const response = await app.request(`${there.searchParams.get('next')}${more}`)
    expect(response.status).toBe(200)
    const html = await response.text()
    expect(html).toContain(`value="${typed['goods-1']}"`)
    expect(html).not.toContain('error-summary')
  },
)

test.each(['//evil.example', 'x', '-1', '1234', '1/../..'])(
  'a number of goods that is none (%s) leads nowhere',
  async (find) => {
    const response = await app.request(`/cost?${new URLSearchParams({ find })}`)
    expect(response.status).toBe(200)
  },
)
