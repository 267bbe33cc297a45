import { expect, test } from 'vitest'
import { payLink, readPayLink } from './deep-link.ts'

const origin = 'https://hub.example'

test('a link leads to the code it was made of', () => {
  expect(payLink(origin, '28T5CY4TH')).toBe('https://hub.example/pay/28T5CY4TH')
  expect(readPayLink(payLink(origin, '28T5CY4TH'), origin)).toBe('28T5CY4TH')
})

test.each([
  ['https://hub.example/pay/28t-5cy-4th', '28T5CY4TH'],
  ['HTTPS://HUB.EXAMPLE:443/pay/28T5CY4TH?lang=fr#amount', '28T5CY4TH'],
  ['http://hub.example/pay/28T5CY4TH', 'link-not-ours'],
  ['https://hub.example:8443/pay/28T5CY4TH', 'link-not-ours'],
  ['https://hub.example.evil.example/pay/28T5CY4TH', 'link-not-ours'],
  ['https://hub.example@evil.example/pay/28T5CY4TH', 'link-not-ours'],
  ['https://evil@hub.example/pay/28T5CY4TH', 'link-not-ours'],
  ['https://hub.example./pay/28T5CY4TH', 'link-not-ours'],
  ['https://hub.exаmple/pay/28T5CY4TH', 'link-not-ours'], // its a is Cyrillic
  ['javascript:/pay/28T5CY4TH', 'link-not-ours'],
  ['/pay/28T5CY4TH', 'link-broken'],
  ['', 'link-broken'],
  ['https://hub.example/pay/', 'link-other-page'],
  ['https://hub.example/pay/28T5CY4TH/receipt', 'link-other-page'],
  ['https://hub.example/pay/28T5CY4T%48', 'link-other-page'],
  ['https://hub.example/pay/28T5CY4HT', 'short-code-check'],
])('%s is %s', (text, read) => {
  const code = readPayLink(text, origin)
  expect(typeof code === 'string' ? code : code.refused).toBe(read)
})

test('a hub on a port of its own, as a demonstration runs', () => {
  const link = payLink('http://localhost:8080', '28T5CY4TH')
  expect(readPayLink(link, 'http://localhost:8080')).toBe('28T5CY4TH')
})
