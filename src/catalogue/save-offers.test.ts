import { beforeEach, describe, expect, test } from 'vitest'
import { testClock } from '../../test/support/clock.ts'
import { testDatabase } from '../../test/support/database.ts'
import { amina, bo, idOf, savingInto, scarf } from '../../test/support/saved-offers.ts'
import { findOffer } from './find-offers.ts'
import type { OfferDraft } from './offer.ts'

const db = await testDatabase()
const clock = testClock()
const { save, saveOne, eventsOf } = savingInto(db, clock)

beforeEach(async () => {
  await db.pool.query('truncate offers, stock, offer_markets, events cascade')
})

describe('a new offer', () => {
  test('is kept whole: code digits, prices in minor units, stock, its own slug', async () => {
    const outcome = await saveOne(scarf)
    expect(outcome).toMatchObject({ outcome: 'created', slug: 'batik-scarf', status: 'draft' })
    const offer = await findOffer(db.kysely, { ...amina, offerId: idOf(outcome) })
    expect(offer).toMatchObject({
      slug: 'batik-scarf',
      status: 'draft',
      subheading: '621410',
      classified: { stated: true },
      version: 1n,
      texts: [{ locale: 'en', title: 'Batik scarf', source: 'seller' }],
      variants: [
        { sku: 'SC-RED', priceMinor: 12000n, onHand: 5n, active: true },
        { sku: 'SC-BLUE', priceMinor: 12550n, onHand: 0n },
      ],
    })
    expect(await eventsOf(idOf(outcome))).toEqual(['offer.saved'])
  })

  test('gets a free slug when its title is taken, also within the batch, and one without Latin letters', async () => {
    const other = { ...scarf, variants: [{ price: '1' }] }
    const chinese = {
      ...other,
      mainLocale: 'zh-Hans',
      texts: [{ locale: 'zh-Hans', title: '蜡染围巾' }],
    }
    const outcomes = await save(
      [scarf, other, other, chinese].map((draft) => ({ ...amina, draft })),
    )
    expect(outcomes.map((each) => ('slug' in each ? each.slug : each.refused))).toEqual([
      'batik-scarf',
      'batik-scarf-2',
      'batik-scarf-3',
      expect.stringMatching(/^goods-[0-9a-f]{12}$/),
    ])
  })

  test.each<[string, OfferDraft, string]>([
    ['no title', { ...scarf, texts: [{ locale: 'en', title: ' ' }] }, 'title-missing'],
    ['no variant', { ...scarf, variants: [] }, 'no-variants'],
    ['a code that is none', { ...scarf, subheading: '770000' }, 'unknown-code'],
    ['a code of eight digits', { ...scarf, subheading: '62141000' }, 'unknown-code'],
    ['an origin that is none', { ...scarf, origin: 'XX' }, 'bad-origin'],
    ['a currency that is none', { ...scarf, currency: 'MYX' }, 'bad-currency'],
    ['a price with a comma', { ...scarf, variants: [{ price: '1,50' }] }, 'bad-price'],
    ['a price below zero', { ...scarf, variants: [{ price: '-1' }] }, 'bad-price'],
    ['a price finer than a sen', { ...scarf, variants: [{ price: '1.005' }] }, 'bad-price'],
    [
      'a price beyond all goods',
      { ...scarf, variants: [{ price: '99999999999999' }] },
      'bad-price',
    ],
    ['half a piece', { ...scarf, variants: [{ price: '1', stock: 0.5 }] }, 'bad-stock'],
    ['no mass at all', { ...scarf, variants: [{ price: '1', netMassG: 0 }] }, 'bad-mass'],
    [
      'heavier bare than packed',
      { ...scarf, variants: [{ price: '1', netMassG: 9, grossMassG: 8 }] },
      'net-over-gross',
    ],
    [
      'a number twice',
      {
        ...scarf,
        variants: [
          { price: '1', sku: 'A' },
          { price: '2', sku: 'A', options: [{ name: 'x', value: 'y' }] },
        ],
      },
      'sku-twice',
    ],
    [
      'two variants alike',
      { ...scarf, variants: [{ price: '1' }, { price: '2' }] },
      'variant-twice',
    ],
    ['a measure nobody knows', { ...scarf, measures: { bananas: '1' } }, 'bad-measure'],
    [
      'a title of a page',
      { ...scarf, texts: [{ locale: 'en', title: 'x'.repeat(201) }] },
      'text-too-long',
    ],
    [
      'a language that is none',
      { ...scarf, texts: [{ locale: '../en', title: 'x' }] },
      'bad-locale',
    ],
  ])('is refused with %s, and nothing is kept', async (_, draft, code) => {
    expect(await saveOne(draft)).toMatchObject({ refused: code })
    expect(await db.kysely.selectFrom('offers').select('slug').execute()).toEqual([])
  })

  test('may hold scripts, tags and broken characters in its words without breaking anything', async () => {
    const title = `<script>alert(1)</script>\u0000\uD800 "'; drop table offers; --`
    const outcome = await saveOne({
      ...scarf,
      texts: [{ locale: 'en', title, description: '\u202Egnp.exe\u0007' }],
      brand: '{{7*7}}\u0000',
    })
    const offer = await findOffer(db.kysely, { ...amina, offerId: idOf(outcome) })
    expect(offer?.texts[0]?.title).toBe(`<script>alert(1)</script>\uFFFD "'; drop table offers; --`)
    expect(offer?.texts[0]?.description).toBe('gnp.exe')
    expect(offer?.brand).toBe('{{7*7}}')
  })
})

describe('an offer that exists', () => {
  test('says unchanged when the same is sent again, by slug, and then logs nothing', async () => {
    const id = idOf(await saveOne({ ...scarf, slug: 'scarf' }))
    const again = await saveOne({ ...scarf, slug: 'scarf' })
    expect(again).toMatchObject({ offerId: id, outcome: 'unchanged' })
    expect(await eventsOf(id)).toEqual(['offer.saved'])
  })

  test('keeps what is left out, clears what is null, and counts its version', async () => {
    const offerId = idOf(await saveOne({ ...scarf, brand: 'Amina', materials: 'silk' }))
    await saveOne({ offerId, brand: null })
    expect(await findOffer(db.kysely, { ...amina, offerId })).toMatchObject({
      brand: null,
      materials: 'silk',
      version: 2n,
      variants: [{ sku: 'SC-RED' }, { sku: 'SC-BLUE' }],
    })
  })

  test('keeps the ids of its variants by number, and those that are gone as inactive', async () => {
    const offerId = idOf(await saveOne(scarf))
    const before = await findOffer(db.kysely, { ...amina, offerId })
    await saveOne({ offerId, variants: [{ sku: 'SC-BLUE', price: '99.00' }] })
    const after = await findOffer(db.kysely, { ...amina, offerId })
    expect(after?.variants.map(({ sku, active }) => [sku, active])).toEqual([
      ['SC-BLUE', true],
      ['SC-RED', false],
    ])
    expect(after?.variants[0]?.variantId).toBe(before?.variants[1]?.variantId)
    expect(after?.variants[0]?.options).toEqual([{ name: 'Colour', value: 'blue' }])
  })

  test('lets two variants swap their numbers', async () => {
    const offerId = idOf(await saveOne(scarf))
    const [red, blue] = (await findOffer(db.kysely, { ...amina, offerId }))?.variants ?? []
    const outcome = await saveOne({
      offerId,
      variants: [
        { variantId: red?.variantId, sku: 'SC-BLUE', price: '1' },
        { variantId: blue?.variantId, sku: 'SC-RED', price: '2' },
      ],
    })
    expect(outcome).toMatchObject({ outcome: 'updated' })
  })

  test('changes its stock without a new version', async () => {
    const offerId = idOf(await saveOne(scarf))
    const variants = (scarf.variants ?? []).map((each) => ({ ...each, stock: 7 }))
    expect(await saveOne({ offerId, variants })).toMatchObject({ outcome: 'updated' })
    const offer = await findOffer(db.kysely, { ...amina, offerId })
    expect(offer?.version).toBe(1n)
    expect(offer?.variants.map(({ onHand }) => onHand)).toEqual([7n, 7n])
  })

  test('is not changed on top of a change the seller has not seen', async () => {
    const offerId = idOf(await saveOne(scarf))
    await saveOne({ offerId, brand: 'Amina' })
    const [outcome] = await save([{ ...amina, draft: { offerId, brand: 'Old' }, version: 1n }])
    expect(outcome).toEqual({ refused: 'changed-meanwhile', facts: { version: '2' } })
  })

  test('with an id of another business is refused, and its variants keep their own stock', async () => {
    const theirs = idOf(await saveOne(scarf))
    const [first] = (await findOffer(db.kysely, { ...amina, offerId: theirs }))?.variants ?? []
    const copy = { ...scarf, offerId: theirs }
    expect(await save([{ ...bo, draft: copy }])).toMatchObject([{ refused: 'id-taken' }])
    // Not even in the batch that makes it.
    const id = '0199d2f0-0000-7000-8000-0000000000f7'
    expect(
      await save([
        { ...amina, draft: { ...scarf, offerId: id, slug: 'new', variants: [{ price: '1' }] } },
        { ...bo, draft: { ...scarf, offerId: id } },
      ]),
    ).toMatchObject([{ outcome: 'created' }, { refused: 'id-taken' }])
    const variants = [{ variantId: first?.variantId, price: '1', stock: 99 }]
    const mine = idOf(await saveOne({ ...scarf, slug: 'mine', variants }))
    const made = await findOffer(db.kysely, { ...amina, offerId: mine })
    expect(made?.variants[0]?.variantId).not.toBe(first?.variantId)
    const still = await findOffer(db.kysely, { ...amina, offerId: theirs })
    expect(still?.variants[0]?.onHand).toBe(first?.onHand)
  })

  test('made under an id of its own finds a free address beside one of the same title', async () => {
    await saveOne(scarf)
    const offerId = '0199d2f0-0000-7000-8000-0000000000f8'
    expect(await saveOne({ ...scarf, offerId, variants: [{ price: '1' }] })).toMatchObject({
      outcome: 'created',
      slug: expect.stringMatching(/^batik-scarf-/) as string,
    })
  })

  test.each(['\u200b', '\u200e\u3164', '\u2800', '…'])(
    'called what nobody can read is refused: %j',
    async (title) => {
      expect(await saveOne({ ...scarf, texts: [{ locale: 'en', title }] })).toMatchObject({
        refused: 'title-missing',
      })
    },
  )

  test.each(['measures', 'facts', 'nationalCodes', 'proofs'] as const)(
    'with more %s than goods can have is refused',
    async (field) => {
      const words = Array.from({ length: 51 }, (_, n) => `AB${n}`)
      const many = field === 'proofs' ? words : Object.fromEntries(words.map((word) => [word, '1']))
      expect(await saveOne({ ...scarf, [field]: many })).toMatchObject({
        refused: 'too-many',
        facts: { at: field },
      })
    },
  )

  test('with a picture that nobody uploaded, or an address that is none, is refused', async () => {
    expect(await saveOne({ ...scarf, pictures: [{ digest: 'a'.repeat(64) }] })).toMatchObject({
      refused: 'bad-picture',
      facts: { at: 'pictures[0]' },
    })
    expect(await saveOne({ ...scarf, slug: '\ud800' })).toMatchObject({ refused: 'bad-slug' })
  })

  test('cannot take the number or the slug of another offer, but those of another business', async () => {
    await saveOne({ ...scarf, slug: 'first' })
    const second = { ...scarf, slug: 'second' }
    expect(await saveOne(second)).toMatchObject({ refused: 'sku-taken', facts: { sku: 'SC-RED' } })
    const free = idOf(await saveOne({ ...second, variants: [{ price: '1' }] }))
    expect(await saveOne({ offerId: free, slug: 'first' })).toMatchObject({ refused: 'slug-taken' })
    expect(await save([{ ...bo, draft: { ...scarf, slug: 'first' } }])).toMatchObject([
      { outcome: 'created' },
    ])
  })
})
