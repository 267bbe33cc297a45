import { expect, test } from 'vitest'
import { testClock } from '../../../test/support/clock.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { importer } from '../../../test/support/importer.ts'

const db = await testDatabase()
const clock = testClock()
const { bring, save, workToTheEnd } = importer(db, clock.now)

/** The longest time in which nobody else of the process got a turn, while something else is done. */
async function longestStall(work: () => Promise<unknown>): Promise<number> {
  let [longest, last] = [0, performance.now()]
  const look = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 2)
  try {
    await work()
    await new Promise((resolve) => setTimeout(resolve, 10))
  } finally {
    clearInterval(look)
  }
  return longest
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(',')
const rows = (count: number, row: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at)).join('')

const table: readonly [string, () => string, string | undefined][] = [
  [
    'short rows under many names',
    () => `title,price,${names(498)}\n${'1\n'.repeat(50_000)}`,
    'too-many-columns',
  ],
  [
    'the largest table that is taken',
    () =>
      `slug,title,price,sku,${names(16)}\n` +
      rows(50_000, (at) => `g${at},Goods ${at},5.00,N${at}${',1'.repeat(16)}\n`),
    undefined,
  ],
  [
    'one row fifty thousand times',
    () => `title,price,${names(18)}\n${'1\n'.repeat(50_000)}`,
    undefined,
  ],
  [
    'fifty thousand rows of one product',
    () => `slug,title,price,sku\n${rows(50_000, (at) => `g,Goods,cheap,N${at}\n`)}`,
    undefined,
  ],
  [
    'a feed in XML of 12 MB',
    () =>
      `<rss><channel>${rows(40_000, (at) => `<item><g:id>N${at}</g:id><title>Goods ${at}</title><price>5.00 MYR</price><description>${'words '.repeat(30)}</description></item>`)}</channel></rss>`,
    undefined,
  ],
]

test.each(table)('nobody waits for %s', { timeout: 60_000 }, async (what, make, refusal) => {
  const text = make()
  const memory = process.memoryUsage().rss
  const begun = performance.now()
  let said: string | undefined
  const stall = await longestStall(() =>
    bring(text).catch((error: Error) => void (said = error.message)),
  )
  const took = Math.round(performance.now() - begun)
  const grown = Math.round((process.memoryUsage().rss - memory) / 1024 / 1024)
  console.log(`${what}: ${took} ms, longest stall ${Math.round(stall)} ms, ${grown} MB more`)
  expect(said).toBe(refusal)
  expect(stall).toBeLessThan(300)
})

test(
  'nobody waits for four at once, nor while the goods are checked',
  { timeout: 60_000 },
  async () => {
    await db.pool.query('truncate product_imports cascade')
    const text = `title,price,sku,${names(17)}\n${rows(5_000, (at) => `Goods ${at},5,N${at}\n`)}`
    const begun = performance.now()
    const read = await longestStall(() => Promise.all([1, 2, 3, 4].map(() => bring(text))))
    const took = Math.round(performance.now() - begun)
    const checked = await longestStall(() => workToTheEnd())
    console.log(
      `four at once: ${took} ms, stalls ${Math.round(read)} ms, checked ${Math.round(checked)} ms`,
    )
    expect(Math.max(read, checked)).toBeLessThan(300)
  },
)

test('nobody waits for goods of a hundred variants each', { timeout: 120_000 }, async () => {
  await db.pool.query('truncate product_imports cascade')
  const text = `slug,title,price,sku,option1_name,option1_value\n${rows(50_000, (at) => `goods-${Math.floor(at / 100)},Goods,5,N${at},Size,${at}\n`)}`
  const key = await bring(text)
  const stall = await longestStall(() => save(key))
  console.log(`a hundred variants each: stall ${Math.round(stall)} ms`)
  expect(stall).toBeLessThan(300)
})
