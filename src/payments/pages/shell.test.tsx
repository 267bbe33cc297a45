/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { movesRealMoney } from '../index.ts'
import { readerOf, Shell } from './shell.tsx'

const sandbox = { realMoney: false }
const bank = { realMoney: true }

test.each<[string, Record<string, { realMoney: boolean }> | undefined, boolean]>([
  ['the sandbox alone', { sandbox }, true],
  ['a bank', { bank }, false],
  ['both', { sandbox, bank }, false],
  ['none', {}, true],
  ['nobody says which', undefined, true],
])('with %s, a page about money says that no real money moves: %s', async (_, rails, isSaid) => {
  const app = new Hono<{ Variables: { frame: object } }>()
  app.get('/', (c) => {
    const frame = { hub: { name: 'Hub' }, nav: () => [], account: () => [], footer: () => [] }
    const realMoney = rails && movesRealMoney(new Map(Object.entries(rails)))
    if (rails) c.set('frame', { ...frame, realMoney })
    return c.html(<Shell reader={readerOf(c)} title="Wallet" />)
  })
  const html = await (await app.request('/')).text()
  expect(html.includes('No real money moves here')).toBe(isSaid)
})
