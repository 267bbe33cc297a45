import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Coverage } from '../../src/tariff/coverage.ts'
import type { LookUp } from '../../src/tariff/look-up.ts'
import { ewtp, folderOfFiles } from './ewtp.ts'
import { realTariff } from './real-rules.ts'

// `ewtp tariff lookup | coverage | check | import` as processes.

const files = folderOfFiles()
afterAll(() => files.remove())
const noStack = (text: string): void => expect(text).not.toMatch(/\n\s+at |node:internal|\.ts:\d/)

describe.concurrent('lookup', () => {
  test('the lines under a heading, with rates and source', async ({ expect }) => {
    const { code, out } = await ewtp(['tariff', 'lookup', 'gb', '6109', '--on', '2026-11-22'], {
      cwd: '/',
    })
    expect(code).toBe(0)
    expect(out).toMatch(/^GB 6109 on 2026-11-22: tariff\/2021-01\.csv, HS 2017; /)
    expect(out).toContain('\n  61091000  mfn 12%')
  })

  test('the same for a program; the schedule is the one of the day', async ({ expect }) => {
    const [now, before] = await Promise.all(
      ['2026-11-22', '2024-12-01'].map(async (on) => {
        const { out } = await ewtp(['tariff', 'lookup', 'US', '6109.10', '--on', on, '--json'])
        return JSON.parse(out) as LookUp
      }),
    )
    expect(now?.lines[0]).toMatchObject({ code: '61091000', rates: { mfn: '16.5%' } })
    expect([now, before].map((found) => found?.schedules[0]?.file)).toEqual([
      'tariff/2026-04-ch61-62.csv',
      'tariff/2024-11.csv',
    ])
  })

  test.each<[words: string[], code: number, said: string]>([
    [['GB', '9999'], 1, 'no line under this code'],
    [['XX', '6109'], 1, 'unknown-destination {"destination":"XX"}'],
    [['GB', 'shirts'], 1, 'bad-code {"code":"shirts"}'],
    [['GB', '6109', '--on', 'today'], 2, 'today is not a day'],
    [['GB'], 2, "missing required argument 'code'"],
  ])('%j: exit code %i', async (words, wanted, said) => {
    const { code, out, err } = await ewtp(['tariff', 'lookup', ...words])
    expect(code).toBe(wanted)
    expect(out + err).toContain(said)
    noStack(err)
  })
})

describe.concurrent('coverage', () => {
  test('what is known, kind by kind, for a person and for a program', async ({ expect }) => {
    const [human, json] = await Promise.all([
      ewtp(['tariff', 'coverage', 'gb']),
      ewtp(['tariff', 'coverage', 'GB', 'DE', '--json']),
    ])
    expect([human.code, json.code]).toEqual([0, 0])
    expect(human.out).toMatch(/^GB\n {2}mfn +chapters 01-97, seen 2021-01-01\n/)
    const [britain, germany] = JSON.parse(json.out) as Coverage[]
    expect(britain).toMatchObject({ territory: 'GB', extends: null })
    expect(germany).toMatchObject({ territory: 'DE', extends: 'EU' })
    expect(britain?.schedules[0]?.lines).toBe(realTariff.schedule(...scheduleOf('GB')).size)
  })
})

function scheduleOf(code: string): [path: string, name: string] {
  const [record] = realTariff.rules(code).schedules
  return [record?.path ?? '', record?.file ?? '']
}

describe.concurrent('check', () => {
  test('a territory with its worked cases', async ({ expect }) => {
    const { code, out } = await ewtp(['tariff', 'check', 'SG'], { cwd: '/' })
    expect(code).toBe(0)
    expect(out).toMatch(/^(\d+) of \1 worked cases met \(\d+ by hand, \d+ by authority\)\n$/)
  })

  test('rules of an operator with a fault: exit code 1, with the place', async ({ expect }) => {
    const own = join(import.meta.dirname, '../bad-rules/broken-overlay')
    const { code, out, err } = await ewtp(['tariff', 'check', 'SG', '--rules', own])
    expect(code).toBe(1)
    expect(out).toContain(
      'SG: SG/fees.yaml:3: own-fee: wanted a number before “ten dollars” of “ten dollars”',
    )
    noStack(out + err)
  })
})

describe.concurrent('import', () => {
  const small =
    'code,unit,flags,mfn,neighbours\n61091000,NMB,remedy,12%,0\n6204,,,"max(10%, 0.5 EUR/KGM)",? note 3\n'

  test('a neutral schedule comes out as it went in; the report goes to standard error', async ({
    expect,
  }) => {
    const { code, out, err } = await ewtp([
      'tariff',
      'import',
      'neutral',
      files.put('small.csv', small),
      '--json',
    ])
    expect(code).toBe(0)
    expect(out.trim().split('\n')).toEqual(
      small
        .trim()
        .split('\n')
        .map((row) => expect.stringContaining(row.slice(0, 20))),
    )
    expect(JSON.parse(err)).toMatchObject({ format: 'neutral', lines: 2, rated: 2, understood: 2 })
  })

  test('into a file, which imports again to the same bytes', async ({ expect }) => {
    const [first, second] = [join(files.path, 'first.csv'), join(files.path, 'second.csv')]
    const input = files.put('again.csv', small)
    const once = await ewtp(['tariff', 'import', 'neutral', input, '--out', first])
    const twice = await ewtp(['tariff', 'import', 'neutral', first, '--out', second])
    expect([once.code, once.out, twice.code, twice.out]).toEqual([0, '', 0, ''])
    expect(readFileSync(second, 'utf8')).toBe(readFileSync(first, 'utf8'))
  })

  test.each<[what: string, text: string | undefined, code: number, said: string]>([
    [
      'a rate that is none',
      'code,unit,flags,mfn\n61091000,NMB,,12 pct\n',
      1,
      '"line":2,"column":"mfn","reason":"not a rate: “12 pct”"',
    ],
    [
      'a code twice',
      'code,unit,flags,mfn\n61,,,5%\n62,,,5%\n61,,,6%\n',
      1,
      '"line":2,"column":"code"',
    ],
    ['another header', 'line,unit,flags,mfn\n61,,,5%\n', 1, '"line":1,"column":"code"'],
    ['a file that is not there', undefined, 3, 'a file that is not there.csv'],
  ])('%s: nothing is written', async (what, text, wanted, said) => {
    const name = `${what}.csv`
    const file = text === undefined ? join(files.path, name) : files.put(name, text)
    const { code, out, err } = await ewtp(['tariff', 'import', 'neutral', file])
    expect([code, out]).toEqual([wanted, ''])
    expect(err).toContain(said)
    noStack(err)
  })
})

const aShirt = {
  id: 'a',
  code: '6109.10',
  origin: 'MY',
  unitPrice: { amount: '20.00', currency: 'GBP' },
}

describe.concurrent('words that mean nothing are said to, not passed over', () => {
  test.each<[words: string[], code: number, said: string]>([
    [['tariff', 'import', 'foo', 'x.json'], 2, 'foo is no format; there are us-hts'],
    [['tariff', 'coverage', 'XX'], 1, 'unknown-territory'],
    [['tariff', 'check', 'XX'], 1, 'unknown-territory'],
    [['quote', 'x.json', '--to', 'GB', '--wanted', '50.00EUR'], 2, '--wanted goes with --to all'],
  ])('%j: exit code %i', async (words, wanted, said) => {
    const file = files.put('x.json', { from: 'MY', lines: [aShirt] })
    const { code, out, err } = await ewtp(words.map((word) => (word === 'x.json' ? file : word)))
    expect(out + err).toContain(said)
    expect(code).toBe(wanted)
    noStack(err)
  })

  test('a line of one of several schedules with the same citation', async ({ expect }) => {
    const { code, out } = await ewtp(['tariff', 'lookup', 'NO', '6109', '--on', '2026-11-22'])
    expect([code, out.includes('no line under this code')]).toEqual([0, false])
  })
})
