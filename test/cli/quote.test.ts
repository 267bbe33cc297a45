import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../src/tariff/assess/answer.ts'
import type { DayComparison } from '../../src/tariff/compare-days.ts'
import type { Market } from '../../src/tariff/find-markets.ts'
import { aminasShirts, withLine } from './baskets.ts'
import { ewtp, folderOfFiles } from './ewtp.ts'
import { realTariff } from './real-rules.ts'

// `ewtp quote` as a process: what a person reads, what a program reads, and the exit code a script decides by.
// 0 an answer with a figure, 1 an answer without one or a refusal, 2 wrong usage, 3 a fault.

const files = folderOfFiles()
afterAll(() => files.remove())
const shirts = files.put('shirts.json', aminasShirts)
const noStack = (text: string): void => expect(text).not.toMatch(/\n\s+at |node:internal|\.ts:\d/)

describe.concurrent('an answer', () => {
  test('for a person: each destination with its price at the door, every charge with rate, rule and source', async ({
    expect,
  }) => {
    const { code, out, err } = await ewtp(['quote', shirts, '--to', 'GB,SG,CA'])
    expect([code, err]).toEqual([0, ''])
    const blocks = out.trim().split('\n\n')
    expect(blocks.map((block) => block.slice(0, 2))).toEqual(['GB', 'SG', 'CA'])
    for (const [index, [to, words]] of [
      [
        'GB',
        [
          'VAT collected at the sale',
          'tax 20% of',
          'gb-vat:',
          'not covered: restriction',
          'MYR/GBP',
        ],
      ],
      ['SG', ['tax 9% of', 'sg-gst:', 'assumed-registration: SG-OVR']],
      ['CA', ['tax 5% of', 'ca-gst:', 'not covered:']],
    ].entries()) {
      const { totals, currency } = realTariff.quote(aminasShirts, to as string, {})
      expect(blocks[index]).toContain(
        `${to}  ${totals.landed} ${currency}  price with gaps: see “not covered” below`,
      )
      for (const word of words as string[]) expect(blocks[index]).toContain(word)
    }
  })

  test('for a program, from any folder: the same answers as json, and nothing else', async ({
    expect,
  }) => {
    const { code, out, err } = await ewtp(['quote', shirts, '--to', 'GB,SG,CA', '--json'], {
      cwd: '/',
    })
    expect([code, err]).toEqual([0, ''])
    const { answers } = JSON.parse(out) as { answers: Answer[] }
    expect(answers).toEqual(['GB', 'SG', 'CA'].map((to) => realTariff.quote(aminasShirts, to, {})))
    expect(answers.map(({ totals }) => totals.landed)).toEqual([
      expect.any(String),
      expect.any(String),
      expect.any(String),
    ])
  })

  test('from standard input, with the destination in small letters', async ({ expect }) => {
    const { code, out } = await ewtp(['quote', '-', '--to', 'sg', '--json'], {
      input: JSON.stringify(aminasShirts),
    })
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual({ answers: [realTariff.quote(aminasShirts, 'SG', {})] })
  })

  test('on another day than the basket says', async ({ expect }) => {
    const { out } = await ewtp(['quote', shirts, '--to', 'DE', '--on', '2026-07-01', '--json'])
    const { answers } = JSON.parse(out) as { answers: Answer[] }
    expect(answers).toEqual([realTariff.quote(aminasShirts, 'DE', { on: '2026-07-01' })])
    expect(answers[0]).toMatchObject({ on: '2026-07-01', totals: { duty: '3.00' } })
  })

  test('without a figure: the reason, and exit code 1 even where another destination has one', async ({
    expect,
  }) => {
    const { code, out } = await ewtp(['quote', shirts, '--to', 'GB,RW'])
    expect(code).toBe(1)
    expect(out).toMatch(/^GB {2}\d+\.\d\d GBP/)
    expect(out).toMatch(/\nRW {2}– {2}cannot decide/)
    expect(out).toMatch(/! no-line \(cannot-decide\)/)
  })

  test('strict: what rests on a sighting of another day is not decided', async ({ expect }) => {
    const { code, out } = await ewtp([
      'quote',
      shirts,
      '--to',
      'DE',
      '--on',
      '2026-11-22',
      '--strict',
    ])
    expect(code).toBe(1)
    expect(out).toMatch(/^DE {2}– {2}cannot decide/)
    expect(out).toMatch(/! not-firm \(cannot-decide\) rules: .*exchange-rate MYR/)
  })

  test('two days compared, for a person', async ({ expect }) => {
    const { code, out } = await ewtp([
      'quote',
      shirts,
      '--to',
      'DE',
      '--diff',
      '2026-06-30,2026-07-01',
    ])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^DE {2}2026-06-30: \d+\.\d\d EUR {2}→ {2}2026-07-01: \d+\.\d\d EUR {2}\(\+\d+\.\d\d\)\n/,
    )
    expect(out).toMatch(
      /\+3\.00 {2}shirts duty: eu-low-value-duty {2}= 0\.00 → eu-low-value 3\.00 EUR = 3\.00/,
    )
  })

  test('two days compared, for a program: one line of json for each destination', async ({
    expect,
  }) => {
    const { out } = await ewtp([
      'quote',
      shirts,
      '--to',
      'DE,GB',
      '--diff',
      '2026-06-30',
      '2026-07-01',
      '--json',
    ])
    const compared = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DayComparison)
    expect(compared.map(({ after }) => after.to)).toEqual(['DE', 'GB'])
    for (const { causes, difference } of compared) {
      const minor = (text: string): number => Number(text.replace('.', ''))
      expect(causes.reduce((sum, cause) => sum + minor(cause.difference), 0)).toBe(
        minor(difference ?? ''),
      )
    }
  })

  test('all markets, with the highest price for a wanted one', async ({ expect }) => {
    const [human, json] = await Promise.all([
      ewtp(['quote', shirts, '--to', 'all']),
      ewtp(['quote', shirts, '--to', 'all', '--wanted', '50.00EUR', '--json']),
    ])
    expect([human.code, json.code]).toEqual([0, 0])
    const { markets, on } = JSON.parse(json.out) as { markets: Market[]; on: string }
    expect(on).toBe('2026-06-01')
    expect(markets.map(({ to }) => to).sort()).toEqual(
      realTariff.destinations.filter((to) => to !== 'MY'),
    )
    const germany = markets.find(({ to }) => to === 'DE')
    expect(germany?.highestPrice).toMatchObject({
      currency: 'MYR',
      amount: expect.stringMatching(/^\d+\.\d\d$/),
    })
    const rows = human.out.trim().split('\n').slice(1)
    expect(rows.map((row) => row.trim().slice(0, 2))).toEqual(markets.map(({ to }) => to))
  })

  test('help names every option and the exit codes', async ({ expect }) => {
    const { code, out } = await ewtp(['quote', '--help'])
    expect(code).toBe(0)
    for (const option of ['--to', '--on', '--rules', '--strict', '--json', '--diff', '--wanted'])
      expect(out).toContain(option)
  })
})

describe.concurrent("an operator's own rules", () => {
  const cited = `citation: { title: Order 1, publisher: Us, url: 'https://example.org/o', read: 2026-01-02 }`
  const ownRules = (rate: string): string => {
    const name = `rules of ${rate}`
    const fee = `{ id: own-fee, name: Own fee, rate: ${rate}, per: consignment, from: 2020-01-01, ${cited} }`
    files.put(`${name}/GB/territory.yaml`, 'territory: GB')
    files.put(`${name}/GB/fees.yaml`, `fees: [${fee}]`)
    return join(files.path, name)
  }

  test('a fee of their own is charged, with its source', async ({ expect }) => {
    const before = realTariff.quote(aminasShirts, 'GB', {}).totals.landed ?? ''
    const { code, out } = await ewtp([
      'quote',
      shirts,
      '--to',
      'GB',
      '--rules',
      ownRules('7.00 GBP'),
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/fee 7\.00 GBP of \d+\.\d\d +7\.00\n +own-fee: Order 1, Us/)
    expect(out).toContain(`GB  ${(Number(before) + 7).toFixed(2)} GBP`)
  })

  test('a fault in them is named with file, line and reason: exit code 3', async ({ expect }) => {
    const { code, out, err } = await ewtp([
      'quote',
      shirts,
      '--to',
      'GB',
      '--rules',
      ownRules('seven pounds'),
    ])
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain(
      'GB/fees.yaml:1: own-fee: wanted a number before “seven pounds” of “seven pounds”',
    )
    noStack(err)
  })

  test('a folder that is not there is named', async ({ expect }) => {
    const { code, err } = await ewtp(['quote', shirts, '--to', 'GB', '--rules', '/no/such/folder'])
    expect(code).toBe(3)
    expect(err).toContain('/no/such/folder')
    noStack(err)
  })
})

describe.concurrent('wrong words: exit code 2', () => {
  test.each<[words: string[], said: string]>([
    [['quote', shirts], "required option '--to <countries>' not specified"],
    [['quote', '--to', 'GB'], "missing required argument 'basket'"],
    [['quote', shirts, '--to', 'GB', '--on', '2026-02-30'], '2026-02-30 is not a day (YYYY-MM-DD)'],
    [['quote', shirts, '--to', 'GB', '--diff', '2026-01-01'], '--diff takes two days'],
    [
      ['quote', shirts, '--to', 'all', '--wanted', '5euro'],
      '--wanted takes an amount such as 50.00EUR',
    ],
    [['quote', shirts, '--to', 'GB', '--fast'], "unknown option '--fast'"],
    [['quotes', shirts], "unknown command 'quotes'"],
  ])('%j', async (words, said) => {
    const { code, out, err } = await ewtp(words)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(said)
    noStack(err)
  })
})

describe.concurrent('a basket that cannot be quoted: the place, no stack, no answer', () => {
  const line = aminasShirts.lines[0]!
  const price = (amount: unknown, currency = 'MYR') => withLine({ unitPrice: { amount, currency } })
  const twoMoneys = { ...line, id: 'more', unitPrice: { amount: '5.00', currency: 'EUR' } }
  const tenThousand = Array.from({ length: 10_000 }, (_, index) => ({ ...line, id: `n${index}` }))
  test.each<[what: string, basket: unknown, said: string]>([
    ['an unknown code', withLine({ code: '9999.99' }), '"at":"lines[0].code","code":"999999"'],
    ['an unknown country', withLine({ origin: 'ZZ' }), 'lines[0].origin: not an ISO 3166-1'],
    ['an unknown currency', price('5.00', 'EUX'), 'lines[0].unitPrice.currency: not an ISO 4217'],
    ['a negative price', price('-5.00'), 'lines[0].unitPrice.amount: '],
    ['a price of forty digits', price('9'.repeat(40)), 'lines[0].unitPrice.amount: '],
    ['two moneys', { ...aminasShirts, lines: [line, twoMoneys] }, 'lines[1].unitPrice.currency: '],
    ['ten thousand lines', { ...aminasShirts, lines: tenThousand }, 'lines: Too big'],
    ['half a json', '{"from": "MY",', 'half a json.json'],
  ])('%s', async (what, basket, said) => {
    const { code, out, err } = await ewtp([
      ...['quote', files.put(`${what}.json`, basket)],
      ...['--to', 'GB'],
    ])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(said)
    expect(err.length).toBeLessThan(500)
    noStack(err)
  })

  test('a file that is not there', async ({ expect }) => {
    const { code, out, err } = await ewtp(['quote', 'no-such-file.json', '--to', 'GB'])
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('no-such-file.json')
    noStack(err)
  })

  test('a destination without rules: those there are', async ({ expect }) => {
    const { code, out, err } = await ewtp(['quote', shirts, '--to', 'GB,AQ'])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('unknown-destination {"destination":"AQ","known":["AM","AT"')
    noStack(err)
  })
})
