import { beforeAll, describe, expect, test } from 'vitest'
import { goodsHub, scarf, type GoodsHub } from '../../../test/journeys/support/goods-hub.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { transact } from '../../db/index.ts'
import { createNomenclature } from '../../nomenclature/index.ts'
import { most } from '../check-draft.ts'
import { documentOf } from './document.ts'
import { writeDocuments } from './refresh-documents.ts'
import { searchOffers } from './search-offers.ts'
import './schema.ts'

const db = await testDatabase()
const nomenclature = createNomenclature()
let desk: GoodsHub
beforeAll(async () => {
  desk = await goodsHub(db)
})

/** Far more than any of it takes, also on a machine with other work; what hangs takes minutes. */
const withinMs = 3_000

async function timed<T>(work: () => T | Promise<T>): Promise<T> {
  const begun = performance.now()
  const value = await work()
  expect(performance.now() - begun).toBeLessThan(withinMs)
  return value
}

/** One word without an end, of so many letters. */
const words: readonly [string, (length: number) => string][] = [
  ['one letter again and again', (length) => 'a'.repeat(length)],
  ['letters that look like words', (length) => 'scarfsilk'.repeat(length).slice(0, length)],
  ['letters of chance', (length) => Array.from({ length }, (_, at) => letter(at)).join('')],
  ['digits', (length) => '7'.repeat(length)],
  ['hyphens between', (length) => 'a-'.repeat(length).slice(0, length)],
  ['Chinese', (length) => '丝绸围巾'.repeat(length).slice(0, length)],
  ['Thai', (length) => 'ผ้าพันคอไหม'.repeat(length).slice(0, length)],
  ['accents', (length) => 'é'.repeat(length)],
  ['marks upon marks', (length) => 'e\u0301\u0302'.repeat(length).slice(0, length)],
  ['full-width letters', (length) => 'ａ'.repeat(length)],
]
const letter = (at: number): string =>
  'abcdefghijklmnopqrstuvwxyz'[(at * at * 7 + at * 3) % 26] ?? ''

describe.each(words)('a word of %s', (_, make) => {
  test('is read by guided classification', async () => {
    const turn = await timed(() => nomenclature.classify(make(2_000), { locale: 'en' }))
    expect(['sure', 'ask', 'too-vague']).toContain(turn.state)
  })

  test('is indexed and looked for', async () => {
    const long = make(most.description)
    const described = { titles: [make(most.title)], traits: [long], descriptions: [long] }
    const marks = { subheading: '621410', origin: 'MY', business: desk.business, reaches: ['CN'] }
    const { words: kept } = await timed(() => documentOf({ ...described, seller: 'Amina' }, marks))
    expect(kept.length).toBeLessThanOrEqual(250)
    const offer = {
      ...{ home_hub: desk.hub.config.id, business_id: desk.business },
      ...{ offer_id: '0199d2f0-0000-7000-8000-0000000000f1', subheading: '621410', origin: 'MY' },
      published_at: '2026-11-22T00:00:00Z',
      ...{ seller: 'Amina', brand: long, materials: long, options: [long] },
      ...{ titles: described.titles, descriptions: [long], reaches: ['CN'] },
    }
    await timed(() =>
      transact(db, (tx) => writeDocuments(tx, [offer], nomenclature.namesOf, '2026-11-22')),
    )
    await timed(() => searchOffers(db.kysely, { words: make(2_000), size: 10 }))
  })

  test('is taken by the form of an offer and by its questions, and by the search page', async () => {
    const typed = { ...scarf, 'title-en': make(most.title), 'description-en': make(9_000) }
    const saved = await timed(() =>
      desk.post(desk.goods, { ...typed, 'classify-text': make(2_000) }),
    )
    expect(saved.status).toBe(303)
    const asked = { ...typed, subheading: '', 'classify-text': make(2_000), 'classify-turn': 'ask' }
    expect((await timed(() => desk.post(desk.goods, asked))).status).toBe(200)
    const found = await timed(() => desk.get(`/search?q=${encodeURIComponent(make(500))}`))
    expect(found.status).toBe(200)
  })
})
