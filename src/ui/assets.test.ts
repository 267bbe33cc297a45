import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { assets, assetUrl } from './assets.ts'
import { isOnMap, worldMap, type WorldFill } from './map/world-map.ts'

const weight = (name: string) => assets.get(assetUrl(name))?.gzip.length

test('an address carries the hash of its content', () => {
  expect(assetUrl('app.css')).toMatch(/^\/assets\/app\.[0-9a-f]{12}\.css$/)
  expect(() => assetUrl('app.less')).toThrow('No asset app.less')
})

test.each([
  ['app.css', 9000],
  ['fragment.js', 550],
  ['mark.svg', 250],
])('%s weighs at most %i bytes', (name, most) => {
  expect(weight(name)).toBeLessThanOrEqual(most)
})

const map = worldMap({
  ariaLabel: 'Trade <of> "the" world & more',
  fills: new Map<string, WorldFill>([
    ['MY', 'here'],
    ['SG', 3],
  ]),
  titles: new Map([['SG', 'Singapore']]),
  routes: [{ from: 'MY', to: 'CA' }],
  everyDot: true,
})

test('the world weighs at most 30 kB', () => {
  expect(gzipSync(map).length).toBeLessThan(30_000)
})

test('the map is well formed and says what it shows', () => {
  expect(map).toContain('aria-label="Trade &lt;of> &quot;the&quot; world &amp; more"')
  expect(map).toMatch(/<circle class="l3" [^>]*><title>Singapore<\/title><\/circle>/)
})

test.each([
  'FR',
  'NO',
  'XK',
  'TW',
  'SG',
  'HK',
  'MO',
  'LU',
  'MT',
  'GI',
  'SO',
  'CY',
  'EH',
  'PS',
  'TV',
])('%s is on the map', (iso2) => {
  expect(isOnMap(iso2)).toBe(true)
})
