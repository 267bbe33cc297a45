import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buyingWorld, type BuyingWorld } from '../../../test/support/buying-world.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { atReview, browserOf, pay, type Browser } from '../../../test/support/form-browser.ts'
import { testPerson } from '../../../test/support/people.ts'

// The operator's look at all money: sums, odd transfers, and whether providers and banks say the same.

const db = await testDatabase()
let world: BuyingWorld
let operator: Browser
beforeAll(async () => {
  world = await buyingWorld(db)
  const nina = await testPerson(world.hub, 'Nina Operator', { hubRoles: ['operator'] })
  operator = browserOf(world, nina)
}, 60_000)
afterAll(() => world.end())

type Odd = { state?: string; ref?: string; at?: number; madeAt?: number; fault?: string }
const transferred = async (amount: number, odd: Odd = {}): Promise<string> => {
  const { state = 'done', ref = 'pr_1', at = world.clock.now(), madeAt = at } = odd
  const isOpen = state === 'sent'
  const { rows } = await db.pool.query<{ id: string }>(
    `insert into rail_transfers (transfer_id, kind, holder_kind, holder_id, account, currency, amount_minor, rail, state,
                                 provider_ref, return_url, made_at, made_by, ended_at, entry_id, next_try_at, tries, fault)
     values (gen_random_uuid(), 'top-up', 'person', gen_random_uuid(), 'wallet:person:x:GBP', 'GBP', $1, 'sandbox', $2, $3,
             'http://hub.test/', $4, gen_random_uuid(), $5, $6, $4, 0, $7) returning transfer_id as id`,
    [
      ...[amount, state, ref, new Date(madeAt), isOpen ? null : new Date(at)],
      ...[state === 'done' ? crypto.randomUUID() : null, odd.fault ?? null],
    ],
  )
  return rows[0]?.id ?? ''
}

describe('the money of the hub', () => {
  test('says whose it is, and that a currency comes to nothing', async () => {
    expect((await operator.get('/operator/money')).text).toContain('No money yet')
    const { browser, review } = await atReview(world, world.syrup)
    await pay(browser, review)
    const { text } = await operator.get('/operator/money')
    expect(text).toMatch(/GBP Wallets of people and businesses GBP 971\.20/)
    expect(text).toMatch(/GBP Escrow of orders GBP 28\.80/)
    expect(text).toMatch(/GBP With providers GBP [-−]1,000\.00/)
    expect(text).not.toContain('ewtp ledger check')
    await db.pool.query(
      `update accounts set balance_minor = balance_minor + 1 where account like 'rail:sandbox:GBP'`,
    )
    expect((await operator.get('/operator/money')).text).toContain(
      'The sums of GBP do not come to nothing',
    )
    await db.pool.query(
      `update accounts set balance_minor = balance_minor - 1 where account like 'rail:sandbox:GBP'`,
    )
  })

  test('is the operator’s alone', async () => {
    const officer = await testPerson(world.hub, 'Omar Officer', { hubRoles: ['customs-officer'] })
    for (const path of ['/operator/money', '/operator/money?rail=sandbox&day=2026-11-22'])
      expect((await browserOf(world, officer).get(path)).status).toBe(403)
    expect((await browserOf(world, officer).post('/operator/money/bank-file', {})).status).toBe(403)
  })

  test('names transfers that are wrong, that a provider said something odd of, or that are open for a day', async () => {
    expect((await operator.get('/operator/money')).text).toContain('None: no transfer is wrong')
    const day = 24 * 3_600_000
    await transferred(111, { state: 'wrong', ref: 'pr_wrong', fault: 'amount-differs' })
    await transferred(222, { state: 'sent', ref: 'pr_slow', madeAt: world.clock.now() - day - 1 })
    await transferred(333, { state: 'sent', ref: 'pr_new' })
    const { text } = await operator.get('/operator/money')
    expect(text).toContain('(The provider tells another amount)')
    expect([text.includes('pr_wrong'), text.includes('pr_slow'), text.includes('pr_new')]).toEqual([
      ...[true, true, false],
    ])
  })

  test('is compared with a day of the provider: what it does not know is only ours', async () => {
    const id = await transferred(4_200, { ref: 'pr_lost' })
    const day = new Date(world.clock.now()).toISOString().slice(0, 10)
    const { text } = await operator.get(`/operator/money?rail=sandbox&day=${day}`)
    expect(text).toContain('The two sides differ')
    expect(text).toMatch(new RegExp(`Only in our books: 1 .*${id} GBP 42\\.00`))
    expect((await operator.get('/operator/money?rail=sandbox&day=1999-01-01')).text).toContain(
      'Both sides say the same.',
    )
    for (const odd of ['rail=nobody&day=2026-11-22', 'rail=sandbox&day=2026-02-30', 'rail=sandbox'])
      expect((await operator.get(`/operator/money?${odd}`)).status).toBe(200)
  })

  const sent = async (file: string | Uint8Array): Promise<{ status: number; text: string }> => {
    const form = new FormData()
    form.set('bank', 'sandbox')
    form.set('file', new File([file as string], 'bank.xml'))
    const cookie = [...operator.cookies].map((each) => each.join('=')).join('; ')
    const answer = await world.hub.fetch(
      new Request('http://hub.test/operator/money/bank-file', {
        ...{ method: 'POST', body: form },
        headers: { cookie, origin: 'http://hub.test', 'accept-language': 'en' },
      }),
    )
    const html = await answer.text()
    return { status: answer.status, text: html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ') }
  }
  const entry = (
    amount: string,
    endToEnd: string,
    day: string,
  ) => `<Ntry><Amt Ccy="GBP">${amount}</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt><BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>
    <NtryDtls><TxDtls><Refs><EndToEndId>${endToEnd}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>`
  const camt = (
    entries: string,
    closing: string,
    day: string,
  ) => `<?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>S-77</MsgId>
    <CreDtTm>${day}T20:00:00Z</CreDtTm></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></Acct>
    ${balance('OPBD', '0.00', day)}${balance('CLBD', closing, day)}${entries}</Stmt></BkToCstmrStmt></Document>`
  const balance = (
    code: string,
    amount: string,
    day: string,
  ) => `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>
    <Amt Ccy="GBP">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`

  test('is compared with a file of the bank: each item stands in one list', async () => {
    const at = world.clock.now() + 3 * 24 * 3_600_000
    const day = new Date(at).toISOString().slice(0, 10)
    const [same, other, missing] = [
      ...[await transferred(1_000, { ref: 'a', at }), await transferred(2_000, { ref: 'b', at })],
      await transferred(3_000, { ref: 'c', at }),
    ] as [string, string, string]
    const bare = (id: string) => id.replaceAll('-', '')
    const entries =
      entry('10.00', bare(same), day) +
      entry('20.01', bare(other).toUpperCase(), day) +
      entry('5.00', 'RENT', day)
    const { status, text } = await sent(camt(entries, '35.01', day))
    expect(status).toBe(200)
    expect(text).toContain('camt.053 S-77')
    expect(text).toMatch(/The same: 1 /)
    expect(text).toMatch(
      new RegExp(`Another amount, currency or direction: 1 .*${other} GBP 20\\.00 GBP 20\\.01`),
    )
    expect(text).toMatch(new RegExp(`Only in our books: 1 .*${missing} GBP 30\\.00`))
    expect(text).toMatch(/Only with them: 1 .*Ntry\[3\].* GBP 5\.00/)
    expect(text).not.toContain('do not lead from the opening')
    expect((await sent(camt(entries, '35.02', day))).text).toContain('do not lead from the opening')
  })

  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'Choose a file first'],
    ['no XML', 'hello', 'no XML file that we open'],
    [
      'a foreign file to fetch',
      '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      'no XML file',
    ],
    ['another message', '<Document xmlns="urn:x"><A/></Document>', 'no camt.053 or camt.054'],
    ['a broken one', camt('<Ntry></Ntry>', '0.00', '2026-11-22'), 'breaks its own standard'],
    ['more than 2 MB', new Uint8Array(3 * 1024 * 1024), 'at most 2 MB'],
  ])('refuses %s', async (_, file, sentence) => {
    const { status, text } = await sent(file)
    expect([status, text]).toEqual([422, expect.stringContaining(sentence)])
  })
})
