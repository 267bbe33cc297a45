import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../support/database.ts'
import type { Answered, Problem } from './support/api.ts'
import { apiWorld, sentScarf, type ApiWorld } from './support/api-world.ts'

// Goods for programs: a seller's own offers by key, and what everybody may find.

const db = await testDatabase()
let world: ApiWorld
beforeAll(async () => {
  world = await apiWorld(db)
})

type Outcome = { offerId: string; outcome?: string; refused?: string; status?: string }

async function save(offers: unknown[], headers = world.writes): Promise<Outcome[]> {
  const path = `/businesses/${world.business}/offers`
  const answer = await world.call('POST', path, { offers }, headers)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return (answer.body as { outcomes: Outcome[] }).outcomes
}

const codeOf = ({ body }: Answered): string =>
  (body as Problem).type.replace('urn:ewtp:problem:', '')

describe('a batch', () => {
  test('each offer has its own fate, in the order of the body', async () => {
    const outcomes = await save([
      sentScarf(),
      { slug: 'half', texts: [{ locale: 'en', title: 'Half' }] },
      { brand: 'nameless' },
      { slug: 'odd', colour: 'red' },
      sentScarf({ slug: 'other', variants: [{ sku: 'SC-1', price: '9.00' }] }),
      sentScarf({ brand: 'Amina' }),
    ])
    expect(outcomes.map(({ outcome, refused }) => outcome ?? refused)).toEqual([
      'created',
      'bad-currency',
      'bad-offer',
      'bad-offer',
      'sku-taken',
      'updated',
    ])
    expect(outcomes[0]?.status).toBe('published')
    expect(outcomes[5]?.offerId).toBe(outcomes[0]?.offerId)
  })

  test('sent again it changes nothing', async () => {
    const variants = [{ sku: 'AG-1', price: '9.00', stock: 1, netMassG: 9 }]
    const again = [sentScarf({ slug: 'again', variants })]
    expect((await save(again))[0]?.outcome).toBe('created')
    expect((await save(again))[0]?.outcome).toBe('unchanged')
  })

  test('a change that rests on an older version is refused', async () => {
    const [made] = await save([sentScarf({ slug: 'v', variants: [{ sku: 'V-1', price: '9.00' }] })])
    const offerId = made?.offerId
    expect((await save([{ offerId, brand: 'A', version: 999 }]))[0]?.refused).toBe(
      'changed-meanwhile',
    )
  })

  test.each<[string, unknown, number, string]>([
    ['no list', { offer: {} }, 422, 'bad-batch'],
    ['nothing', { offers: [] }, 422, 'bad-batch'],
    ['more than 100', { offers: Array.from({ length: 101 }, () => ({})) }, 422, 'bad-batch'],
    ['more than it says', { offers: [{}], dryRun: true }, 422, 'bad-batch'],
  ])('%s is refused whole', async (_, body, status, code) => {
    const path = `/businesses/${world.business}/offers`
    const answer = await world.call('POST', path, body, world.writes)
    expect([answer.status, codeOf(answer)]).toEqual([status, code])
  })

  test('100 offers in one call', async () => {
    const many = Array.from({ length: 100 }, (_, at) =>
      sentScarf({
        slug: `many-${at}`,
        variants: [{ sku: `M-${at}`, price: '10.00', stock: 1, netMassG: 50 }],
      }),
    )
    expect(new Set((await save(many)).map(({ outcome }) => outcome))).toEqual(new Set(['created']))
  }, 60_000)

  test('an id that another business has given is taken', async () => {
    const offerId = '0199d2f0-1111-7000-8000-00000000000f'
    const variants = [{ sku: 'T-1', price: '9.00' }]
    expect((await save([sentScarf({ slug: 't', offerId, variants })]))[0]?.outcome).toBe('created')
    const path = `/businesses/${world.maple}/offers`
    const answer = await world.call(
      'POST',
      path,
      { offers: [sentScarf({ offerId })] },
      world.others,
    )
    expect(answer.body).toMatchObject({ outcomes: [{ refused: 'id-taken' }] })
  })

  test('a key without the scope may not, and another business is not there', async () => {
    const path = `/businesses/${world.business}/offers`
    const body = { offers: [sentScarf()] }
    expect((await world.call('POST', path, body, world.reads)).status).toBe(403)
    expect((await world.call('POST', path, body, world.others)).status).toBe(404)
    expect((await world.call('POST', path, body)).status).toBe(401)
  })
})

type Found = {
  offers: {
    business: string
    offerId: string
    price: object
    atDoor: { status: string; total: { currency: string } | null }
  }[]
  count: number
  next: string | null
}
const search = async (query: string): Promise<Found> => {
  const answer = await world.call('GET', `/offers?${query}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body as Found
}

describe('what everybody finds', () => {
  beforeAll(async () => {
    await world.follow()
  })

  test('words give goods with the price at the door and its status', async () => {
    const { offers } = await search('q=batik+scarf&to=SG&limit=5')
    expect(offers[0]).toMatchObject({
      business: world.business,
      price: { currency: 'MYR' },
      seller: { name: 'Batik Amina', country: 'MY' },
      atDoor: { status: expect.stringMatching(/^complete/), total: { currency: 'SGD' } },
    })
  })

  test('pages follow each other without a gap or a repetition', async () => {
    const seen: string[] = []
    let after = ''
    for (let page = 0; page < 20; page += 1) {
      const { offers, next } = await search(`to=SG&sort=newest&limit=13${after}`)
      seen.push(...offers.map(({ offerId }) => offerId))
      if (next === null) break
      after = `&after=${encodeURIComponent(next)}`
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBe((await search('to=SG&limit=1')).count)
    expect(seen.length).toBeGreaterThan(100)
  })

  test('filters leave out, limits of the price are in the money of the destination', async () => {
    expect((await search('to=SG&origin=CA')).count).toBe(0)
    expect((await search('to=SG&category=6214')).count).toBeGreaterThan(100)
    expect((await search('to=SG&high=0.01')).count).toBe(0)
    expect((await search('to=SG&shop=nobody')).count).toBe(0)
  })

  test.each<[string, string]>([
    ['', 'bad-query'],
    ['to=sg', 'bad-query'],
    ['to=ZZ', 'unknown-destination'],
    ['to=SG&limit=101', 'bad-query'],
    ['to=SG&low=cheap', 'bad-query'],
    ['to=SG&colour=red', 'bad-query'],
    ['to=SG&sort=luck', 'bad-query'],
  ])('?%s is refused as %s', async (query, code) => {
    const answer = await world.call('GET', `/offers?${query}`)
    expect([answer.status, codeOf(answer)]).toEqual([422, code])
  })

  test('an offer with every charge at a door; the price is that of the page', async () => {
    const [first] = (await search('q=batik+scarf&to=SG')).offers
    const path = `/offers/${first?.offerId}`
    const { body } = await world.call('GET', `${path}?to=SG`)
    expect(body).toMatchObject({
      offerId: first?.offerId,
      atDoor: {
        destination: 'SG',
        quantity: 1,
        total: first?.atDoor.total,
        lane: { carrier: expect.any(String) },
        answer: { to: 'SG', charges: expect.any(Array) },
      },
    })
    expect((await world.call('GET', `${path}?to=SG&quantity=0`)).status).toBe(422)
    expect((await world.call('GET', `${path}?variant=none`)).status).toBe(404)
  })

  test('a draft, what was withdrawn, and goods of a blocked seller are not found', async () => {
    const [draft, gone] = await save([
      sentScarf({ slug: 'draft', status: 'draft', variants: [{ sku: 'D-1', price: '9.00' }] }),
      sentScarf({ slug: 'gone', variants: [{ sku: 'G-1', price: '9.00', stock: 1, netMassG: 9 }] }),
    ])
    const ask = async (offerId: string | undefined) =>
      (await world.call('GET', `/offers/${offerId}`)).status
    expect(await ask(draft?.offerId)).toBe(404)
    expect(await ask(gone?.offerId)).toBe(200)
    await db.pool.query(`update businesses set screening = 'blocked' where id = $1`, [
      world.business,
    ])
    expect(await ask(gone?.offerId)).toBe(404)
    await db.pool.query(`update businesses set screening = 'clear' where id = $1`, [world.business])
    await save([{ offerId: gone?.offerId, status: 'withdrawn' }])
    expect(await ask(gone?.offerId)).toBe(404)
  })
})

describe('a product file', () => {
  const upload = (text: string, more: Record<string, string> = {}, headers = world.writes) => {
    const form = new FormData()
    form.append('file', new File([text], 'goods.csv'))
    for (const [name, value] of Object.entries(more)) form.append(name, value)
    return world.call('POST', `/businesses/${world.business}/imports`, form, headers)
  }
  type State = {
    importId: string
    state: string
    expected: object
    counts: object
    refused: object[]
  }
  const stateOf = async (importId: string, headers = world.writes) =>
    world.call('GET', `/businesses/${world.business}/imports/${importId}`, undefined, headers)
  const csv = 'slug,title,price,sku\nsarong,Sarong,80.00,SA-1\nfan,Fan,cheap,FA-1\n'

  test('is checked, saved when told, and undone', async () => {
    const begun = await upload(csv, { currency: 'MYR' })
    expect(begun.status).toBe(201)
    const { importId, state } = begun.body as State
    expect(state).toBe('checking')
    await world.follow()
    const checked = (await stateOf(importId)).body as State
    expect(checked).toMatchObject({ state: 'checked', expected: { created: 1, refused: 1 } })
    expect(checked.refused).toMatchObject([{ title: 'Fan', faults: [{ field: 'price' }] }])
    const path = `/businesses/${world.business}/imports/${importId}`
    for (const [move, end] of [
      ['saving', 'saved'],
      ['undoing', 'undone'],
    ]) {
      expect((await world.call('POST', `${path}/${move}`, undefined, world.writes)).status).toBe(
        202,
      )
      await world.follow()
      expect((await stateOf(importId)).body).toMatchObject({ state: end })
    }
  })

  test('waits for a person where it does not say its currency', async () => {
    expect((await upload(csv)).body).toMatchObject({
      state: 'mapping',
      url: expect.stringContaining('/import/'),
    })
  })

  test('is refused when it is none, and is not there for others', async () => {
    const none = await upload('')
    expect(none.status).toBe(422)
    const { importId } = (await upload(csv, { currency: 'MYR' })).body as State
    expect((await stateOf(importId, world.others)).status).toBe(404)
    expect((await stateOf(importId, world.reads)).status).toBe(403)
    expect((await upload(csv, {}, world.others)).status).toBe(404)
  })

  test('is refused when it is too large', async () => {
    const { status, type, body } = await upload('x'.repeat(17 * 1024 * 1024))
    expect([status, type]).toEqual([413, 'application/problem+json; charset=utf-8'])
    expect(body).toMatchObject({ type: 'urn:ewtp:problem:body-too-large' })
  }, 60_000)

  test('may be larger than other bodies', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, at) => `item-${at},${'Title '.repeat(10)},1.00,I-${at}`,
    )
    const { status, body } = await upload(`slug,title,price,sku\n${rows.join('\n')}\n`)
    expect([status, (body as { rows: number }).rows]).toEqual([201, 20_000])
  }, 60_000)
})
