import { openApiDocument } from '../../src/app/api-document.ts'
import { railPartsOf } from '../../src/app/capabilities.ts'
import { createApp } from '../../src/app/server.ts'
import { openJournal } from '../../src/basis/journal.ts'
import { uuidv7 } from '../../src/basis/uuid.ts'
import { transact, type Database } from '../../src/db/index.ts'
import {
  loadLedger,
  post,
  railAccount,
  walletAccount,
  writeLedger,
} from '../../src/ledger/index.ts'
import { accessOf } from '../../src/parties/index.ts'
import { paymentApi, paymentApiRoutes } from '../../src/payments/routes.tsx'
import { testClock } from '../support/clock.ts'
import { hubOrigin, peopledHub, testBusiness, testKey, testPerson } from '../support/people.ts'
import { describedBy, type OpenApi } from './support/described.ts'

export type Sent = Readonly<Record<string, string>>
export type Told = {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly body: unknown
}

export type MoneyWorld = Awaited<ReturnType<typeof moneyWorld>>

/** Money for the programs of a business: Amina's shop asks, Bo's pays, each by a key of its own. */
export async function moneyWorld(db: Database) {
  const clock = testClock()
  const hub = peopledHub(db, { clock })
  const app = createApp(hub)
  const parts = {
    ...{ db, now: () => clock.now(), today: () => clock.today(), random: hub.random.bytes },
    ...{ hub: hub.config, tariff: hub.tariff, currency: () => 'MYR', sleep: clock.sleep },
    rails: railPartsOf(hub),
  }
  // Where the hub has mounted the routes already, the first ones answer.
  app.route('/', paymentApiRoutes(parts))
  const document = JSON.parse(
    JSON.stringify(openApiDocument([paymentApi], accessOf(app))),
  ) as OpenApi
  const described = describedBy(document)
  const amina = await testPerson(hub, 'Amina')
  const bo = await testPerson(hub, 'Bo')
  const shop = await testBusiness(hub, amina)
  const maple = await testBusiness(hub, bo, { name: 'Bo Maple', country: 'CA' })
  const [reads, moves, bos, offers] = await Promise.all([
    testKey(hub, shop, amina, ['money:read']),
    testKey(hub, shop, amina, ['money:read', 'money:move']),
    testKey(hub, maple, bo, ['money:read', 'money:move']),
    testKey(hub, shop, amina, ['offers:read']),
  ])
  let made = 0
  const newId = (): string => uuidv7(clock.now() + (made += 1), hub.random.bytes)
  const newKey = (): Sent => ({ 'idempotency-key': `key-${(made += 1)}` })
  const put = (business: string, amount: bigint, currency = 'MYR') =>
    transact(db, async (tx) => {
      const wallet = walletAccount({ kind: 'business', id: business }, currency)
      const rail = railAccount('bank', currency)
      const draft = await loadLedger(tx, openJournal(), { accounts: [rail, wallet] }, clock.now())
      post(draft, {
        ...{ id: newId(), kind: 'top-up', reference: business, at: clock.now() },
        postings: [
          { account: rail, amount: -amount },
          { account: wallet, amount },
        ],
      })
      await writeLedger(tx, draft, { hub: hub.config.id, now: clock.now() })
    })
  await put(maple, 100_000n)

  /** Asks below the money of a business; throws for an answer that is not as the document says. */
  async function call(
    method: string,
    path: string,
    headers: Sent,
    body?: unknown,
    business = shop,
  ): Promise<Told> {
    const url = `${hubOrigin}/api/v1/businesses/${business}/money${path}`
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await app.fetch(
      new Request(url, {
        method,
        headers: { ...json, ...headers },
        ...(body === undefined ? {} : { body: text }),
      }),
    )
    const said = await answer.text()
    const told = { status: answer.status, text: said, headers: answer.headers }
    const answered = { ...told, body: JSON.parse(said) as unknown }
    const type = answer.headers.get('content-type') ?? ''
    const wrong = wrongAnswer(method.toLowerCase(), path, { ...answered, type, requestId: null })
    if (wrong) throw new Error(wrong)
    return answered
  }

  function wrongAnswer(
    method: string,
    path: string,
    answered: Parameters<typeof described.wrongAnswer>[2],
  ): string {
    const [plain = ''] = path.split('?')
    const below = plain
      .replace(/^\/requests\/[^/]+/, '/requests/{code}')
      .replace(/^\/wallets\/[^/]+/, '/wallets/{currency}')
    const shape = `/api/v1/businesses/{business}/money${below}`
    const known = document.paths[shape]?.[method]?.responses[String(answered.status)]
    return known ? described.wrongAnswer(method, shape, answered) : ''
  }

  const ask = (body: unknown = { currency: 'MYR', amount: '25.00' }, headers = newKey()) =>
    call('POST', '/requests', { ...moves, ...headers }, body)
  return {
    ...{ clock, hub, app, document, amina, shop, maple, reads, moves, bos, offers },
    ...{ newKey, put, call, ask },
    requested: async (body?: unknown): Promise<string> =>
      ((await ask(body)).body as { code: string }).code,
    /** Bo's business pays. */
    pay: (code: string, headers = newKey(), change: Record<string, unknown> = {}) => {
      const body = { code, amount: '25.00', currency: 'MYR', ...change }
      return call('POST', '/payments', { ...bos, ...headers }, body, maple)
    },
  }
}

/** `409 request-paid`. */
export function no({ status, body }: Told): string {
  const { type = '' } = body as { type?: string }
  return `${status} ${type.replace('urn:ewtp:problem:', '')}`
}
