import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { fakeStripe, secretKey } from '../../test/support/fake-stripe.ts'
import { browserOf, fieldsOf } from '../../test/support/form-browser.ts'
import { keysInMemory } from '../../test/support/keys.ts'
import { testPerson } from '../../test/support/people.ts'
import { signatureOf } from '../payments/rails/signature.ts'
import { workRails } from '../payments/index.ts'
import { railPartsOf } from './capabilities.ts'
import { surroundingsFrom } from './config.ts'
import { createHub } from './create-hub.ts'
import { netTo } from './net.ts'

// A provider outside, by settings alone: a whole hub against a server of Stripe's shape.

const hook = ['whsec', 'example'].join('_')
const db = await testDatabase()
const clock = testClock()
const fake = fakeStripe()
const hub = createHub({
  ...{ db, clock, keys: keysInMemory(), net: { fetch: fake.fetch } },
  random: { bytes: (length) => new Uint8Array(randomBytes(length)), fraction: () => 0.5 },
  config: {
    id: '0199d2f0-0000-7000-8000-000000000001',
    ...{ name: 'Test hub', territory: 'MY', version: '0.0.0' },
  },
  stripe: { secretKey, webhookSecrets: [hook], method: 'alipay' },
})
afterAll(() => hub.stop())

describe('money by a provider outside', () => {
  test('comes in when its signed callback says so, once, and no page holds a secret', async () => {
    const chen = browserOf({ hub } as never, await testPerson(hub, 'Chen'))
    const page = await chen.get('/wallet')
    expect(page.html).toContain('<option value="stripe"')
    const form = fieldsOf(page.html, '/wallet/transfers', 'value="top-up"')
    const asked = await chen.post('/wallet/transfers', {
      ...{ ...form, rail: 'stripe', currency: 'MYR', amount: '25.00' },
    })
    // A form of ours may lead to no other site, so that the wallet has the link to the provider.
    expect(asked.path).toContain('/wallet?currency=MYR')
    expect(asked.html).toContain('href="https://hooks.stripe.com/redirect/pi_1"')
    const [intent] = [...fake.objects.values()]
    expect(intent).toMatchObject({ object: 'payment_intent', amount: 2500, currency: 'myr' })
    const succeeded = { ...intent, status: 'succeeded', amount_received: 2500 }
    Object.assign(intent!, succeeded)
    const body = JSON.stringify({
      ...{ id: 'evt_1', object: 'event', type: 'payment_intent.succeeded', created: 1 },
      data: { object: succeeded },
    })
    const call = async (signature: string) => {
      const answer = await hub.fetch(
        new Request('http://hub.test/rails/stripe/callback', {
          ...{ method: 'POST', body },
          headers: { 'stripe-signature': signature },
        }),
      )
      return answer.status
    }
    const sign = (secret: string, at = clock.now()) =>
      signatureOf(secret, new TextEncoder().encode(body), at)
    expect(await call('')).toBe(400)
    expect(await call(sign('whsec_other'))).toBe(400)
    expect(await call(sign(hook, clock.now() - 301_000))).toBe(400)
    expect((await chen.get('/wallet')).text).not.toContain('MYR 25.00 MYR 0.00')
    for (let again = 0; again < 3; again += 1) expect(await call(sign(hook))).toBe(200)
    while ((await workRails(railPartsOf(hub))) > 0);
    const wallet = await chen.get('/wallet')
    expect(wallet.text).toContain('MYR 25.00 MYR 0.00')
    expect(wallet.html).not.toContain('hooks.stripe.com')
    for (const html of [page.html, wallet.html])
      expect([html.includes(secretKey), html.includes(hook)]).toEqual([false, false])
    // A test key moves no real money, and the page says so.
    expect(wallet.text).toContain('No real money moves')
  })
})

test('with a live key there is no sandbox, and nobody is told that no real money moves', async () => {
  const live = createHub({
    ...{ db, clock, keys: keysInMemory(), net: { fetch: fake.fetch }, random: hub.random },
    config: hub.config,
    stripe: { secretKey: ['sk', 'live', 'x'].join('_'), webhookSecrets: [hook], method: 'alipay' },
  })
  expect([...railPartsOf(live).rails.keys()]).toEqual(['stripe'])
  const page = await browserOf({ hub: live } as never, await testPerson(live, 'Dara')).get(
    '/wallet',
  )
  expect(page.text).not.toContain('No real money moves')
  expect(page.text).toContain('What may still be moved')
})

describe('settings', () => {
  const key = ['sk', 'test', 'abc'].join('_')
  test.each<[string, Record<string, string>, object]>([
    ['nothing', {}, {}],
    [
      'a test key',
      { EWTP_STRIPE_SECRET_KEY: key, EWTP_STRIPE_WEBHOOK_SECRET: 'whsec_a,whsec_b' },
      { stripe: { secretKey: key, webhookSecrets: ['whsec_a', 'whsec_b'], method: 'alipay' } },
    ],
  ])('%s', (_, env, expected) => expect(surroundingsFrom(env)).toEqual(expected))

  test.each<[string, Record<string, string>]>([
    ['a key without its endpoint’s secret', { EWTP_STRIPE_SECRET_KEY: key }],
    ['a secret without a key', { EWTP_STRIPE_WEBHOOK_SECRET: 'whsec_a' }],
    [
      'a public key',
      { EWTP_STRIPE_SECRET_KEY: 'pk_test_a', EWTP_STRIPE_WEBHOOK_SECRET: 'whsec_a' },
    ],
    [
      'another method',
      {
        EWTP_STRIPE_SECRET_KEY: key,
        EWTP_STRIPE_WEBHOOK_SECRET: 'whsec_a',
        EWTP_STRIPE_METHOD: 'A B',
      },
    ],
  ])('refuses %s, and does not repeat it', (_, env) => {
    try {
      surroundingsFrom(env)
      expect.unreachable()
    } catch (error) {
      expect(String(error)).toContain('bad-stripe-setting')
      expect(JSON.stringify((error as { facts: object }).facts)).not.toContain('abc')
    }
  })
})

test('nothing leaves but to where the provider is', async () => {
  const net = netTo(['https://api.stripe.com'])
  for (const url of [
    'https://api.stripe.com.evil.test/',
    'http://api.stripe.com/',
    'http://127.0.0.1/',
  ])
    await expect(net.fetch(new Request(url))).rejects.toThrow('makes no connections')
})
