import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { railPartsOf } from '../../src/app/capabilities.ts'
import { cleanText } from '../../src/basis/clean-text.ts'
import { checkLedger } from '../../src/ledger/index.ts'
import { workRails } from '../../src/payments/index.ts'
import { testClock } from '../support/clock.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { hubOrigin, peopledHub, testPerson, type TestPerson } from '../support/people.ts'
import type { Hub } from '../../src/app/index.ts'

// What somebody with bad intentions sends to the pages about money.
describe('money pages', () => {
  let db: TestDatabase
  let hub: Hub
  let bo: TestPerson
  let amina: TestPerson
  const clock = testClock()

  beforeAll(async () => {
    db = await testDatabase()
    hub = peopledHub(db, { clock })
    bo = await testPerson(hub, 'Bo')
    amina = await testPerson(hub, 'Amina')
  })

  const send = async (
    person: TestPerson,
    path: string,
    form?: Record<string, string>,
    method?: string,
  ) =>
    hub.fetch(
      new Request(`${hubOrigin}${path}`, {
        method: method ?? (form ? 'POST' : 'GET'),
        headers: {
          ...person.headers,
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        ...(form ? { body: new URLSearchParams(form).toString() } : {}),
      }),
    )
  const settle = async (): Promise<void> => {
    clock.set(clock.now() + 5_000)
    while ((await workRails(railPartsOf(hub))) > 0);
  }
  let keys = 0
  const newKey = (): string => `0199d2f0-0000-7000-8000-${String((keys += 1)).padStart(12, '0')}`
  const topUp = (person: TestPerson, key = newKey(), amount = '100.00') =>
    send(person, '/wallet/transfers', {
      kind: 'top-up',
      rail: 'sandbox',
      currency: 'MYR',
      amount,
      key,
    })
  const request = async (person: TestPerson, amount = '1.00'): Promise<string> => {
    const made = await send(person, '/wallet/requests', { currency: 'MYR', amount, purpose: 'x' })
    return made.headers.get('location')?.split('/').pop() ?? ''
  }
  const pay = (person: TestPerson, code: string, more: Record<string, string> = {}) =>
    send(person, `/pay/${code}`, {
      ...{ key: newKey(), amount: '1.00', currency: 'MYR', from: `person:${person.personId}` },
      ...more,
    })
  const wallet = async (person: TestPerson): Promise<string> =>
    (await send(person, '/wallet?currency=MYR')).text()

  test('a key of somebody’s payment used again for a top-up stops nobody’s money', async () => {
    await topUp(bo)
    await settle()
    const paid = await pay(bo, await request(amina))
    const entry =
      new URL(paid.headers.get('location') ?? '', hubOrigin).searchParams.get('entry') ?? ''
    expect((await topUp(bo, entry)).status).toBe(303)
    expect((await topUp(amina)).status).toBe(303)
    await settle()
    expect(await wallet(bo)).toContain('199.00')
    expect(await wallet(amina)).toContain('101.00')
  })

  test.each([
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '-'.repeat(36),
    '',
    '0199d2f0-0000-7000-8000-000000000001 or 1=1',
    '\u0000',
  ])('the key %j pays nothing and breaks nothing', async (key) => {
    const code = await request(amina, '2.00')
    expect((await pay(bo, code, { key, amount: '2.00' })).status).toBe(422)
    expect((await topUp(bo, key)).status).toBe(422)
    const csv = await send(amina, '/wallet/statement?currency=MYR&as=csv')
    expect([csv.status, await csv.text()]).toEqual([200, expect.stringContaining('Bo')])
    expect((await send(amina, '/wallet/statement?currency=MYR&as=camt053')).status).toBe(200)
  })

  test.each([
    ['/wallet/statement?currency=MYR&to=9999-12-31', 422],
    ['/wallet/statement?currency=MYR&from=0001-01-01', 422],
    ['/wallet/statement?currency=MYR&from=1950-01-01&to=1960-01-01', 422],
    ['/wallet/statement?currency=XXX', 422],
    ['/wallet?currency=%00&before=99999999999999999999', 200],
    ['/wallet/requests/%00', 404],
    ['/pay/%00', 404],
    ['/pay/%00/paid', 404],
    [`/pay/000000000/paid?entry=${'-'.repeat(36)}`, 404],
  ])('%s is answered %i', async (path, status) => {
    expect((await send(bo, path)).status).toBe(status)
  })

  test('whoever an officer has blocked neither pays, is paid, asks, nor moves money in or out', async () => {
    const eve = await testPerson(hub, 'Eve')
    await topUp(eve)
    await settle()
    const [hers, aminas] = [await request(eve), await request(amina)]
    await sql`
      insert into screening_subjects (home_hub, kind, subject_id, names, name_keys, version, state, top_score, screened_at, since)
      values (${hub.config.id}, 'person', ${eve.personId}, '{Eve}', '{eve}', '1', 'blocked', 0, now(), now())
      on conflict (home_hub, kind, subject_id) do update set state = 'blocked'`.execute(db.kysely)
    const payout = { kind: 'payout', rail: 'sandbox', currency: 'MYR', amount: '1.00', to: 'X' }
    expect([
      (await pay(eve, aminas)).status,
      await (
        await pay(bo, hers)
      )
        .text()
        .then((text) => text.includes('business here') || text.includes('error-summary')),
      await request(eve),
      (await topUp(eve)).status,
      (await send(eve, '/wallet/transfers', { ...payout, key: newKey() })).status,
    ]).toEqual([422, true, '', 422, 422])
    expect(await wallet(eve)).toContain('100.00')
  })

  test('asking only for the head of a page that waits takes nobody’s place', async () => {
    const code = await request(amina)
    for (let time = 0; time < 30; time += 1) {
      const head = await send(amina, `/wallet/requests/${code}/live`, undefined, 'HEAD')
      expect(head.status).toBe(200)
    }
    const live = await send(amina, `/wallet/requests/${code}/live`)
    expect(live.status).toBe(200)
    await live.body?.cancel()
  })

  test('the books are right after all that', async () => {
    expect((await checkLedger(db, { verify: () => true })).faults).toEqual([])
  })
})

test('a text of nothing but marks is cleaned in no time', () => {
  const begun = performance.now()
  const text = cleanText(`a${'\u0301\u0316'.repeat(500_000)}`)
  expect(performance.now() - begun).toBeLessThan(1_000)
  expect(text.length).toBeLessThan(40)
})
