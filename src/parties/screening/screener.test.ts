import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lettersApart } from './distance.ts'
import { readList } from './import/index.ts'
import type { ListedEntry } from './listed.ts'
import { nearWords } from './near-words.ts'
import { createScreener, createScreenerInSlices, reviewFrom } from './screener.ts'

// Nobody here lives or lived.
const file = (name: string) => ({
  name,
  bytes: readFileSync(join(import.meta.dirname, 'fixtures', name)),
})
const listed = (name: string, id: string): ListedEntry => ({
  ...{ list: 'un', id, kind: 'person', programme: 'Nowhere', births: [], countries: [] },
  names: [{ name, quality: 'name' }],
})
const screener = createScreener(
  [
    ...readList('un', [file('un.xml')]).entries,
    ...readList('eu', [file('eu-export.xml')]).entries,
    ...readList('ofac', ['ofac-sdn.csv', 'ofac-alt.csv'].map(file)).entries,
    listed('Yusuf Khayyali Ivanov', 'a'),
    listed('Aleksandr Vymyshlenov', 'b'),
    listed('Αριστοτέλης Φανταστόπουλος', 'c'),
    listed('요한 김상상', 'd'),
    listed('דוד בדיוני', 'e'),
    listed('Jean-Baptiste Île-Imaginée', 'f'),
  ],
  'test',
)

const top = (name: string) => screener.check(name).hits[0]

/** What is asked, the entry it must lead to, and the least score. */
const found: readonly (readonly [asked: string, id: string, least: number])[] = [
  ['Testovan Borisovich Vydumkin', 'NWi.001', 100],
  ['testovan  VYDUMKIN', 'NWi.001', 85],
  ['Vydumkin, Testovan', 'NWi.001', 85],
  ['Тестован Выдумкин', 'NWi.001', 85],
  ['Testovan Vydumkine', 'NWi.001', 80],
  ['Testvan Borisovich Vydumkin', 'NWi.001', 90],
  ['T. B. Vydumkin', 'NWi.001', reviewFrom],
  ['Testovan Vydumkin Trading LLC', 'NWi.001', reviewFrom],
  ['Kseniya Nebyvalova Flowers, Gifts & Garden Works Sdn Bhd', 'EU.1.11', reviewFrom],
  ['Mohamed Hussein al Mutakhayyal', 'NWi.002', 85],
  ['Muhammed Husein Almutakhayyal', 'NWi.002', 80],
  ['محمد حسين المتخيل', 'NWi.002', 99],
  ['Mr. Muhammad Husayn AL-MUTAKHAYYAL', 'NWi.002', 95],
  ['Society of Imagined Works', 'NWe.001', 100],
  ['Society of Imagined Works Ltd.', 'NWe.001', 95],
  ['Guild of Imagined Wroks', 'NWe.001', 85],
  ['Ksenia Nebyvalova', 'EU.1.11', 90],
  ['Ксения Небывалова', 'EU.1.11', 99],
  ['虚构之船贸易有限公司', 'EU.2.22', 99],
  ['虛構之船貿易', 'EU.2.22', 75],
  ['Xugou Ship and Trade Company Limited', 'EU.2.22', 85],
  ['Eleuterio Fantomas Roldán', '37', 99],
  ['FANTOMAS ROLDAN, Eleuterio', '37', 97],
  ['Neverwas Shipping', '38#2', 90],
  ['Never was Shipping Ltd', '38#2', 90],
  ['Youssef Khayali Ivanoff', 'a', 80],
  ['Alexander Vymyshlenoff', 'b', 80],
  ['Aristotelis Fantastopoulos', 'c', 90],
  ['Kim Sangsang Yohan', 'd', 90],
  ['David Bdiony', 'e', 80],
  ['Jean Baptiste Ile Imaginee', 'f', 99],
]

test.each(found)('%s is found', (asked, id, least) => {
  const hit = top(asked)
  expect(hit?.entry.id).toBe(id)
  expect(hit?.score).toBeGreaterThanOrEqual(least)
})

test.each([
  'Maria Garcia',
  'Chen Wei',
  'Ivan Petrov',
  'Muhammad Ali',
  'Batik Maju Sdn Bhd',
  'Penang Ceramics Ltd',
  'Imagined Flowers',
  'Boris Testov',
  '船',
  'A',
  'Ltd',
])('%s needs no officer', (asked) => {
  expect(top(asked)?.score ?? 0).toBeLessThan(reviewFrom)
})

test.each(['', ' ', '.,;', '\u0000', '👻', '\ud800', 'x'.repeat(100_000), 'a b '.repeat(5_000)])(
  'nonsense %# does no harm',
  (asked) => {
    expect(screener.check(asked).hits.filter(({ score }) => score >= reviewFrom)).toEqual([])
  },
)

test('a score ranks: the nearer the name, the higher, without ties between degrees', () => {
  const scores = [
    'Testovan Borisovich Vydumkin',
    'Testovan Borisovich Vydumkyn',
    'Testovan Vydumkin',
    'Testovan Vydumkyn',
    'Testovan Fydumkyn',
    'Testovan Trading Vydumkin',
  ].map((name) => top(name)?.score ?? 0)
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  expect(new Set(scores).size).toBe(scores.length)
})

test('the reasons tell which word met which, and how', () => {
  expect(top('Nebyvalova-Smith Kseniia')?.reasons).toEqual([
    { how: 'same', asked: 'nebyvalova', listed: 'nebyvalova' },
    { how: 'spelling', asked: 'kseniia', listed: 'kseniya' },
    { how: 'extra', asked: 'smith' },
  ])
  expect(top('Never was Shipping')?.reasons).toContainEqual({
    ...{ how: 'joined', asked: 'never was', listed: 'neverwas' },
  })
})

test('a weak alias weighs less than a name', () => {
  const hit = top('Tinkerer')
  expect(hit).toMatchObject({ listed: { quality: 'weak' } })
  expect(hit?.score).toBeLessThan(98)
})

test.each(['\u200B', '\u200C', '\u00AD', '\u2060', '\u3164', '\u202E'])(
  'what cannot be seen in a name (%j) hides nobody',
  (unseen) => {
    const name = [...'Testovan Borisovich Vydumkin'].join(unseen)
    expect(screener.check(name)).toMatchObject({
      key: 'testovan borisovich vydumkin',
      hits: [{ entry: { id: 'NWi.001' }, score: 100 }],
    })
  },
)

test('the same question gives the same answer, whatever was asked in between', () => {
  const names = found.map(([name]) => name)
  const first = names.map((name) => screener.check(name))
  expect(names.toReversed().map((name) => screener.check(name))).toEqual(first.toReversed())
})

test('an index built in slices is the same, and others get their turn', async () => {
  const entries = Array.from({ length: 2_100 }, (_, at) =>
    listed(`Testovan ${at} Vydumkin`, `${at}`),
  )
  let pauses = 0
  const pause = async () => void (pauses += 1)
  const sliced = await createScreenerInSlices(entries, 'test', pause)
  const whole = createScreener(entries, 'test')
  expect(pauses).toBeGreaterThan(5)
  for (const name of ['Testovan 7 Vydumkin', 'Testovn 2099 Vydumkin'])
    expect(sliced.check(name)).toEqual(whole.check(name))
})

const word = fc.string({ unit: fc.constantFrom(...'abcd'), minLength: 1, maxLength: 8 })

test('words one letter apart always find each other', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), word, (words, asked) => {
      const found = new Set<number>()
      nearWords(words, () => 1).near(asked, (index) => found.add(index))
      for (const [index, each] of words.entries())
        if (lettersApart(asked, each) <= 1) expect(found).toContain(index)
    }),
    { numRuns: 1_000 },
  )
})

test('letters apart, against the textbook', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(lettersApart(a, b)).toBe(Math.min(2, textbook(a, b)))
      expect(lettersApart(a, b)).toBe(lettersApart(b, a))
    }),
    { numRuns: 1_000 },
  )
})

/** Optimal string alignment, the whole table. */
function textbook(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i += 1)
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, d[i - 2]![j - 2]! + 1)
      d[i]![j] = least
    }
  return d[a.length]![b.length]!
}
