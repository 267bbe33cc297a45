import { describe, expect, test } from 'vitest'
import { fakeStripe, secretKey } from '../../../../test/support/fake-stripe.ts'
import { isRefused } from '../../../basis/refusal.ts'
import { signatureOf } from '../signature.ts'
import { fromStripe, toStripe } from './amount.ts'
import { createStripe } from './stripe.ts'

const now = Date.UTC(2026, 10, 22, 9)
const secret = 'whsec_example'
const ids = [
  '0199d2f0-0000-7000-8000-00000000000a',
  '0199d2f0-0000-7000-8000-00000000000b',
] as const
const wanted = { id: ids[0], amount: 1_250n, currency: 'MYR' }
const returnUrl = 'https://hub.test/wallet'

function stripe() {
  const fake = fakeStripe()
  const parts = { fetch: fake.fetch, secretKey, webhookSecrets: [secret], method: 'alipay' }
  return { ...fake, rail: createStripe(parts), parts }
}

describe('amounts', () => {
  const rows: readonly [currency: string, minor: bigint, stripes: bigint | string][] = [
    ['USD', 1_000n, 1_000n],
    ['JPY', 500n, 500n],
    ['ISK', 5n, 500n],
    ['KWD', 5_120n, 5_120n],
    ['KWD', 5_124n, 'amount-too-fine'],
    ['MGA', 1_200n, 12n],
    ['MGA', 1_250n, 'amount-too-fine'],
    ['UGX', 500n, 'currency-not-supported'],
    ['IQD', 500n, 'currency-not-supported'],
    ['ABC', 500n, 'currency-not-supported'],
  ]
  test.each(rows)('%s %s in minor units is %s', (currency, minor, stripes) => {
    const counted = toStripe(minor, currency)
    expect(isRefused(counted) ? counted.refused : counted).toBe(stripes)
    if (!isRefused(counted)) expect(fromStripe(Number(counted), currency)).toBe(minor)
  })

  test('what cannot be an amount is no answer', () => {
    expect(() => fromStripe(150, 'ISK')).toThrow(RangeError)
    expect(() => fromStripe(1.5, 'USD')).toThrow(RangeError)
    expect(() => fromStripe(1, 'UGX')).toThrow(RangeError)
  })
})

describe('what is asked, and what comes of it', () => {
  test('a top-up: an intent that is paid where the person is sent', async () => {
    const { rail, objects, requests } = stripe()
    const sent = await rail.takeIn({ ...wanted, returnUrl })
    expect(sent).toMatchObject({
      ...{ providerRef: 'pi_1', state: 'pending', amount: 1_250n, currency: 'MYR' },
      continueUrl: 'https://hooks.stripe.com/redirect/pi_1',
    })
    expect(objects.get('pi_1')).toMatchObject({
      ...{ amount: 1250, currency: 'myr', metadata: { transfer: ids[0] } },
      next_action: { alipay_handle_redirect: { return_url: returnUrl } },
    })
    Object.assign(objects.get('pi_1')!, { status: 'succeeded', amount_received: 1250 })
    expect(await rail.find('pi_1')).toMatchObject({ state: 'done', amount: 1_250n })
    expect(requests).toEqual(['POST /v1/payment_intents', 'GET /v1/payment_intents/pi_1'])
  })

  /** How an object stands, and what that says. */
  const standings: readonly [status: Record<string, unknown>, says: string][] = [
    [{ status: 'processing' }, 'pending 1250'],
    [{ status: 'succeeded', amount_received: 1200 }, 'done 1200'],
    [{ status: 'canceled' }, 'failed 1250 provider-failed'],
    [{ status: 'requires_payment_method' }, 'pending 1250'],
    [
      {
        status: 'requires_payment_method',
        last_payment_error: { code: 'payment_intent_authentication_failure' },
      },
      'failed 1250 provider-failed/payment_intent_authentication_failure',
    ],
  ]
  test.each(standings)('an intent: %j', async (status, says) => {
    const { rail, objects } = stripe()
    await rail.takeIn({ ...wanted, returnUrl })
    Object.assign(objects.get('pi_1')!, status)
    const { state, amount, fault } = (await rail.find('pi_1'))!
    expect([state, amount, fault].filter(Boolean).join(' ')).toBe(says)
  })

  test('a payout to a connected account is done at once; reversed, it has come back', async () => {
    const { rail, objects } = stripe()
    const sent = await rail.payOut({ ...wanted, to: 'acct_1' })
    expect(sent).toMatchObject({ providerRef: 'tr_1', state: 'done', amount: 1_250n })
    Object.assign(objects.get('tr_1')!, { amount_reversed: 50 })
    expect(await rail.find('tr_1')).toMatchObject({ state: 'done', amount: 1_200n })
    Object.assign(objects.get('tr_1')!, { amount_reversed: 1250, reversed: true })
    expect(await rail.find('tr_1')).toMatchObject({
      state: 'failed',
      fault: 'provider-failed/reversed',
    })
  })

  test('a payout to a bank account is paid later, and may fail after that', async () => {
    const { rail, objects } = stripe()
    expect(await rail.payOut({ ...wanted, to: 'ba_1' })).toMatchObject({ state: 'pending' })
    for (const [status, state] of [
      ['in_transit', 'pending'],
      ['paid', 'done'],
      ['failed', 'failed'],
    ] as const) {
      Object.assign(objects.get('po_1')!, { status, failure_code: 'account_closed' })
      expect((await rail.find('po_1'))?.state).toBe(state)
    }
  })

  test('a part is given back', async () => {
    const { rail, objects } = stripe()
    await rail.takeIn({ ...wanted, returnUrl })
    const back = { id: ids[1], of: 'pi_1', amount: 250n, currency: 'MYR' }
    expect(await rail.giveBack(back)).toMatchObject({ providerRef: 're_2', state: 'pending' })
    Object.assign(objects.get('re_2')!, { status: 'succeeded' })
    expect(await rail.find('re_2')).toMatchObject({ state: 'done', amount: 250n, currency: 'MYR' })
  })

  test('what it does not know', async () => {
    const { rail } = stripe()
    expect(await rail.find('pi_9')).toBeUndefined()
    expect(await rail.find('ch_9')).toBeUndefined()
  })

  test('test keys move no real money', () => {
    const { parts } = stripe()
    const withKey = (key: string) => createStripe({ ...parts, secretKey: key }).realMoney
    expect([secretKey, 'sk_live_x', 'rk_test_x'].map(withKey)).toEqual([false, true, false])
  })
})

describe('trouble', () => {
  test('an answer that is lost: the same key brings the same object, made once', async () => {
    const { rail, mishaps, objects } = stripe()
    mishaps.push('lost-answer')
    await expect(rail.payOut({ ...wanted, to: 'ba_1' })).rejects.toThrow('cut')
    expect(await rail.payOut({ ...wanted, to: 'ba_1' })).toMatchObject({ providerRef: 'po_1' })
    expect(objects.size).toBe(1)
  })

  test('surely not done: refused with their code', async () => {
    const { rail } = stripe()
    const tooMuch = await rail.payOut({ ...wanted, amount: 1_000_001n, to: 'ba_1' })
    expect(tooMuch).toEqual({
      refused: 'provider-refused',
      facts: { code: 'balance_insufficient' },
    })
    expect(await rail.giveBack({ ...wanted, id: ids[1], of: 'pi_9' })).toMatchObject({
      refused: 'provider-refused',
    })
    expect(await rail.takeIn({ ...wanted, currency: 'UGX', returnUrl })).toMatchObject({
      refused: 'currency-not-supported',
    })
  })

  test.each(['busy', 'broken', 'rubbish', 'in-use'] as const)(
    'not known (%s): throws',
    async (mishap) => {
      const { rail, mishaps } = stripe()
      mishaps.push(mishap)
      await expect(rail.takeIn({ ...wanted, returnUrl })).rejects.toThrow('Stripe answered')
      mishaps.push(mishap)
      await expect(rail.find('pi_1')).rejects.toThrow('Stripe answered')
    },
  )

  test('a key of something else, or no access: throws, and says no secret', async () => {
    const { rail, parts } = stripe()
    await rail.takeIn({ ...wanted, returnUrl })
    await expect(rail.takeIn({ ...wanted, amount: 1n, returnUrl })).rejects.toThrow(
      'idempotency_error',
    )
    const stranger = createStripe({ ...parts, secretKey: 'sk_live_mine' })
    const fault = await stranger.find('pi_1').catch(String)
    expect(fault).toMatch(/answered 401/)
    expect(fault).not.toContain('sk_live_mine')
  })
})

describe('callbacks', () => {
  const headersOf = (body: string, at = now) =>
    new Headers({ 'Stripe-Signature': signatureOf(secret, Buffer.from(body), at) })
  const read = (event: unknown, headers?: Headers) => {
    const body = typeof event === 'string' ? event : JSON.stringify(event)
    return stripe().rail.readWebhook(headers ?? headersOf(body), Buffer.from(body), now)
  }
  const eventOf = (type: string, object: Record<string, unknown>) => ({
    ...{ id: 'evt_1', object: 'event', type, livemode: false },
    data: { object: { currency: 'myr', amount: 1250, metadata: { transfer: ids[0] }, ...object } },
  })

  const rows: readonly [type: string, object: Record<string, unknown>, says: string][] = [
    [
      'payment_intent.succeeded',
      { id: 'pi_1', object: 'payment_intent', status: 'succeeded', amount_received: 1250 },
      'pi_1 done 1250',
    ],
    ['refund.updated', { id: 're_1', object: 'refund', status: 'succeeded' }, 're_1 done 1250'],
    ['refund.failed', { id: 're_1', object: 'refund', status: 'failed' }, 're_1 failed 1250'],
    ['transfer.created', { id: 'tr_1', object: 'transfer', reversed: false }, 'tr_1 done 1250'],
    ['transfer.reversed', { id: 'tr_1', object: 'transfer', reversed: true }, 'tr_1 failed 1250'],
    ['payout.paid', { id: 'po_1', object: 'payout', status: 'paid' }, 'po_1 done 1250'],
    ['payout.canceled', { id: 'po_1', object: 'payout', status: 'canceled' }, 'po_1 failed 1250'],
  ]
  test.each(rows)('%s', async (type, object, says) => {
    const events = await read(eventOf(type, object))
    if (isRefused(events)) throw new Error(events.refused)
    expect(events.map((each) => `${each.providerRef} ${each.state} ${each.amount}`)).toEqual([says])
    expect(events[0]).toMatchObject({ id: 'evt_1', transfer: ids[0], currency: 'MYR' })
  })

  test('what is none of our business is taken, and says nothing', async () => {
    const payout = { id: 'po_1', object: 'payout', status: 'paid', metadata: {} }
    expect(await read(eventOf('payout.paid', payout))).toEqual([])
    expect(await read(eventOf('invoice.paid', { id: 'in_1', object: 'invoice' }))).toEqual([])
  })

  test('not signed, too old, not to be read', async () => {
    const refusal = async (answer: ReturnType<typeof read>) => {
      const said = await answer
      return isRefused(said) ? said.refused : 'believed'
    }
    const event = eventOf(
      ...(['payout.paid', { id: 'po_1', object: 'payout', status: 'paid' }] as const),
    )
    const text = JSON.stringify(event)
    expect(await refusal(read(event, new Headers()))).toBe('signature-missing')
    expect(await refusal(read(event, headersOf(`${text} `)))).toBe('signature-wrong')
    expect(await refusal(read(event, headersOf(text, now - 301_000)))).toBe('signature-too-old')
    expect(await refusal(read('no JSON'))).toBe('callback-not-readable')
    expect(await refusal(read({ ...event, id: '' }))).toBe('callback-not-readable')
  })
})

test('the report: pages, sources, fees, what came back', async () => {
  const { rail, lines } = stripe()
  const created = now / 1000
  const metadata = { transfer: ids[0] }
  const source = { currency: 'myr', amount: 1250, metadata }
  // The balance is kept in USD here; what was paid stands in the source.
  const line = (id: string, type: string, amount: number, from: unknown, at = created) =>
    lines.push({ id, type, amount, currency: 'usd', created: at, source: from })
  line('txn_1', 'payment', 300, { ...source, object: 'charge', id: 'py_1', payment_intent: 'pi_1' })
  line('txn_2', 'payment_refund', -60, {
    ...source,
    object: 'refund',
    id: 're_1',
    payment_intent: 'pi_1',
    amount: 250,
  })
  line('txn_3', 'transfer', -300, { ...source, object: 'transfer', id: 'tr_1' })
  line('txn_4', 'transfer_refund', 300, {
    ...source,
    object: 'transfer_reversal',
    id: 'trr_1',
    transfer: 'tr_1',
  })
  line('txn_5', 'stripe_fee', -9, null)
  line('txn_6', 'payment', 300, { ...source, object: 'charge', id: 'py_2' }, created + 3600)
  const said: string[] = []
  for await (const each of rail.report(now, now + 3_600_000))
    said.push(
      `${each.what} ${each.providerRef} ${each.direction} ${each.amount} ${each.currency}${each.reversal ? ' back' : ''}`,
    )
  expect(said).toEqual([
    'payment pi_1 in 1250 MYR',
    'payment_refund re_1 out 250 MYR',
    'transfer tr_1 out 1250 MYR',
    'transfer_refund tr_1 in 1250 MYR back',
    'stripe_fee txn_5 out 9 USD',
  ])
})
