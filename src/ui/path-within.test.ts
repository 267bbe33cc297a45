import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathWithin } from './path-within.ts'

test.each([
  ['/search?q=a', '/search?q=a'],
  ['/shop/amina/../bo', '/shop/bo'],
  ['/search?next=//evil.example', '/search?next=//evil.example'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['/.//evil.example', '/'],
  ['/%2e//evil.example', '/'],
  ['/a/..//evil.example', '/'],
  ['/a/%2E%2e//evil.example/x?y', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/\t/evil.example', '/'],
  ['', '/'],
  [undefined, '/'],
])('%s leads to %s', (next, path) => {
  expect(pathWithin(next)).toBe(path)
  expect(pathWithin(next, '/home')).toBe(path === '/' ? '/home' : path)
})

test('whatever the text, a browser stays on this hub', () => {
  const pieces = '/ // . .. %2e %2E%2e %2f \\ %5c @ : ? # \t \n evil.example a http: javascript:'
  const crafted = fc.array(fc.constantFrom(...pieces.split(' '), ' ', '\u00a0', '。'))
  const text = fc.oneof(
    crafted.map((each) => `/${each.join('')}`),
    fc.string({ unit: 'binary' }).map((each) => `/${each}`),
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
  )
  const hub = 'https://hub.example'
  fc.assert(
    fc.property(text, (next) => {
      const path = pathWithin(next)
      expect(path).toMatch(/^\/(?!\/)/)
      expect(new URL(path, hub).origin).toBe(hub)
      expect(pathWithin(path)).toBe(path)
    }),
    { numRuns: 5_000 },
  )
})
