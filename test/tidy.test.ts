import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createTariff, type BasketJson } from '../src/tariff/index.ts'
import { ambientInCode, ambientInSql, moduleState } from './tidy/ambient.ts'
import { dependencyReasons, links } from './tidy/documents.ts'
import { foldersInOrder, importDirection, indexOpens, shippedImports } from './tidy/imports.ts'
import { lawIsCited, lawIsDated } from './tidy/law.ts'
import { lockFile, lockIsWhole, machinePaths, referenceFiles } from './tidy/places.ts'
import { checkout, fixture, type Rule } from './tidy/project.ts'
import { referenceNames } from './tidy/reference-names.ts'
import { fileHead, floats, mostLines, pageHead, untyped } from './tidy/shape.ts'
import type { Floats, LongFiles } from './tidy/shape.ts'
import { glossary, wordsToAvoid } from './tidy/words.ts'

// What no linter sees: how the parts of this project stand to each other, and that law is cited and dated. Each rule
// is tried on files that break it first, as a rule that cannot fail is none.

const longFiles: LongFiles = {}

const floatFiles: Floats = {
  'src/app/commands/doctor.ts': 'gigabytes of free disk',
}

/** Broken files, and what the rule says of them. */
type Breaks = readonly (readonly [files: Record<string, string>, said: readonly string[]])[]

const cited = '{ title: T, publisher: P, url: "https://example.org/", read: 2026-01-01 }'
const pageOpening = '/** @jsxRuntime automatic @jsxImportSource hono/jsx */'
const opening = `/**\n * ${'what this is and which law it follows, '.repeat(4)}\n */\n`
const sql = (text: string) => ({ 'db/migrations/0001-a.sql': text })
const code = (text: string, path = 'src/tariff/a.ts') => ({ [path]: text })
const rules = (text: string) => ({ 'rules/XA/taxes.yaml': text })

const table: readonly (readonly [name: string, rule: Rule, breaks: Breaks])[] = [
  [
    'a folder imports only folders above it, and enters them by their index',
    importDirection,
    [
      [code(`import { a } from '../app/index.ts'`), ['src/tariff/a.ts:1 tariff stands above app']],
      [
        code(`\nexport * from '../db/connect.ts'`),
        ['src/tariff/a.ts:2 db is entered through its index.ts, not connect.ts'],
      ],
      [
        code(`const a = await import('../federation/index.ts')`),
        ['src/tariff/a.ts:1 tariff stands above federation'],
      ],
      [
        code(`let a: import('../app/clock.ts').Clock`),
        ['src/tariff/a.ts:1 tariff stands above app'],
      ],
      [
        code(`import a from '../../test/a.ts'`),
        ['src/tariff/a.ts:1 ../../test/a.ts lies outside src'],
      ],
      [
        code(`export {}`, 'src/stuff/a.ts'),
        ['src/stuff/a.ts:1 src/stuff is not in the list of folders'],
      ],
      [
        code(`import fs from 'node:fs'`, 'src/basis/a.ts'),
        ['src/basis/a.ts:1 basis imports nothing'],
      ],
      [
        code(`import a from '../tariff/commands.ts'`, 'src/zones/a.ts'),
        ['src/zones/a.ts:1 tariff is entered through its index.ts, not commands.ts'],
      ],
      [code(`import a from '../tariff/commands.ts'`, 'src/app/cli.ts'), []],
      [code(`import a from '../../messages/en/tariff.json' with { type: 'json' }`), []],
      [code(`import '../basis/day.ts'; import '../db/index.ts'; import './b.ts'`), []],
    ],
  ],
  [
    'a hub imports only what is a dependency',
    shippedImports,
    [
      [
        code(`import fc from 'fast-check'`),
        ['src/tariff/a.ts:1 fast-check is no dependency of package.json'],
      ],
      [
        code(`import type { A } from '@types/pg/lib'`),
        ['src/tariff/a.ts:1 @types/pg is no dependency of package.json'],
      ],
      [code(`import { parse } from 'csv-parse/sync'; import 'node:fs'`), []],
    ],
  ],
  [
    'every folder has an index that opens with a paragraph',
    indexOpens,
    [
      [code('export {}'), ['src/tariff/index.ts:1 is missing']],
      [
        code(`// Tariff.\nexport {}`, 'src/tariff/index.ts'),
        ['src/tariff/index.ts:1 does not open with a paragraph on what it is'],
      ],
      [
        code(`import 'x'\n${opening}`, 'src/tariff/index.ts'),
        ['src/tariff/index.ts:1 does not open with a paragraph on what it is'],
      ],
      [code(`${opening}export {}`, 'src/tariff/index.ts'), []],
    ],
  ],
  [
    'time, randomness, timers and connections come as arguments',
    ambientInCode,
    [
      [code('const a = Date.now()'), ['src/tariff/a.ts:1 reads the clock through Date']],
      [code('const a = new Date()'), ['src/tariff/a.ts:1 reads the clock through Date']],
      [code('const a = Date'), ['src/tariff/a.ts:1 reads the clock through Date']],
      [code('const a = { now: Date.now }'), ['src/tariff/a.ts:1 reads the clock through Date']],
      [code('const a = Math.random()'), ['src/tariff/a.ts:1 uses Math.random']],
      [code('setTimeout(() => {}, 1)'), ['src/tariff/a.ts:1 uses setTimeout']],
      [code('setInterval(() => {}, 1)'), ['src/tariff/a.ts:1 uses setInterval']],
      [code(`await fetch('https://example.org/')`), ['src/tariff/a.ts:1 uses fetch']],
      [code('const net = { fetch }'), ['src/tariff/a.ts:1 uses fetch']],
      [code('globalThis.fetch()'), ['src/tariff/a.ts:1 uses globalThis']],
      [code('performance.now()'), ['src/tariff/a.ts:1 uses performance']],
      [code('const id = crypto.randomUUID()'), ['src/tariff/a.ts:1 uses crypto.randomUUID']],
      [code('process.hrtime.bigint()'), ['src/tariff/a.ts:1 uses process.hrtime']],
      [code('AbortSignal.timeout(5)'), ['src/tariff/a.ts:1 uses AbortSignal.timeout']],
      [
        code(`import { randomBytes } from 'node:crypto'`),
        ['src/tariff/a.ts:1 randomBytes of node:crypto'],
      ],
      [code(`import * as crypto from 'crypto'`), ['src/tariff/a.ts:1 * of crypto']],
      [
        code(`import { setTimeout } from 'node:timers/promises'`),
        ['src/tariff/a.ts:1 setTimeout of node:timers/promises'],
      ],
      [
        code(`import { generateKeyPairSync } from 'node:crypto'`),
        ['src/tariff/a.ts:1 generateKeyPairSync of node:crypto'],
      ],
      [code(`import { generateKeyPairSync } from 'node:crypto'`, 'src/keys/key.ts'), []],
      [
        code(`import { randomInt } from 'node:crypto'`, 'src/keys/key.ts'),
        ['src/keys/key.ts:1 randomInt of node:crypto'],
      ],
      [
        code(`// Date.now() and fetch()
          const a = (hub: { fetch(r: Request): Date }, fetch: () => void) => [hub.fetch, fetch(), 'new Date()']
          const b = [new Date(5).toISOString(), Date.UTC(2026, 1), Date.parse('x'), a instanceof Date]`),
        [],
      ],
      [code('Date.now(); fetch(); Math.random()', 'src/app/clock.ts'), []],
      [code('Date.now()', 'src/tariff/a.test.ts'), []],
    ],
  ],
  [
    'SQL is told the time',
    ambientInSql,
    [
      [
        sql('-- not now()\ncreate table a (at timestamptz default now())'),
        ['db/migrations/0001-a.sql:2 SQL now()'],
      ],
      [sql('select current_timestamp'), ['db/migrations/0001-a.sql:1 SQL current_timestamp']],
      [
        code('const a = sql`\n  select ${b}, CURRENT_DATE`'),
        ['src/tariff/a.ts:2 SQL CURRENT_DATE'],
      ],
      [code(`query('select gen_random_uuid()')`), ['src/tariff/a.ts:1 SQL gen_random_uuid()']],
      [code(`query('select at from known') // now()`), []],
    ],
  ],
  [
    'nothing that changes belongs to a file',
    moduleState,
    [
      [code('let a = 1'), ['src/tariff/a.ts:1 a is shared by all hubs']],
      [
        code('\nexport const a = new Map<string, number>()'),
        ['src/tariff/a.ts:2 a is shared by all hubs'],
      ],
      [code('const a: string[] = []'), ['src/tariff/a.ts:1 a is shared by all hubs']],
      [code('const a: readonly string[] = [], b: ReadonlySet<string> = new Set()'), []],
      [code('const a = new Set([1]); const b = () => { let c = 1; return new Map() }'), []],
    ],
  ],
  [
    'names are those of the glossary',
    glossary,
    [
      [code('const vendorId = 1'), ['src/tariff/a.ts:1 vendorId: the glossary says seller, buyer']],
      [
        code('\ntype A = { hs_code: string }'),
        ['src/tariff/a.ts:2 hs_code: the glossary says HS chapter, heading, subheading'],
      ],
      [
        code('export {}', 'src/tariff/date-utils.ts'),
        ['src/tariff/date-utils.ts:1 date-utils: the glossary says (no word)'],
      ],
      [
        code('function listShipments() {}'),
        ['src/tariff/a.ts:1 listShipments: the glossary says consignment'],
      ],
      [code(`const a = row['HSCode'] // the vendor's word`), []],
    ],
  ],
  [
    'every rule of law has a whole citation',
    lawIsCited,
    [
      [
        rules('taxes: [{ id: xa-vat, rate: 5% }]'),
        ['rules/XA/taxes.yaml: taxes xa-vat has no citation'],
      ],
      [
        rules('taxes: [{ id: xa-vat, citation: gazette }]'),
        ['rules/XA/taxes.yaml: taxes xa-vat cites gazette, unknown'],
      ],
      [
        rules(`taxes: [{ id: xa-vat, citation: ${cited}, reduced: [{ id: xa-books }] }]`),
        ['rules/XA/taxes.yaml: reduced xa-books has no citation'],
      ],
      [
        rules('taxes: [{ id: xa-vat, citation: { title: T, url: gazette } }]'),
        [
          'rules/XA/taxes.yaml: taxes xa-vat: the citation has no publisher',
          'rules/XA/taxes.yaml: taxes xa-vat: the citation has no read',
          'rules/XA/taxes.yaml: taxes xa-vat: gazette is no address',
        ],
      ],
      [
        { 'rules/sources.yaml': 'gazette: { title: T }' },
        ['publisher', 'url', 'read'].map(
          (key) => `rules/sources.yaml: gazette: the citation has no ${key}`,
        ),
      ],
      [
        { 'rules/XA/examples/a.yaml': '[{ id: a, by: authority }, { id: b, by: hand }]' },
        ['rules/XA/examples/a.yaml: examples a has no citation'],
      ],
      [
        {
          ...rules('taxes: [{ id: a, citation: own }, { id: b, citation: shared }]'),
          'rules/XA/territory.yaml': `citations: { own: ${cited} }`,
          'rules/sources.yaml': `shared: ${cited}`,
        },
        [],
      ],
    ],
  ],
  [
    'every date of law is a day',
    lawIsDated,
    [
      [
        rules('taxes: [{ id: a, from: 2026-02-30 }]'),
        ['rules/XA/taxes.yaml: a: from "2026-02-30" is no day'],
      ],
      [rules('taxes: [{ id: a, to: 2026 }]'), ['rules/XA/taxes.yaml: a: to 2026 is no day']],
      [
        rules('taxes: [{ id: a, seen: 2026-01-01 }]'),
        ['rules/XA/taxes.yaml: a: seen "2026-01-01" is no list of days'],
      ],
      [
        rules('taxes: [{ id: a, seen: [] }]'),
        ['rules/XA/taxes.yaml: a: seen [] is no list of days'],
      ],
      [
        rules('taxes: [{ id: a, seen: [2026-01-01], to: 2026-01-01 }]'),
        ['rules/XA/taxes.yaml: a: has dates and sightings'],
      ],
      [
        rules('taxes: [{ id: a, from: 2026-01-02, to: 2026-01-01 }]'),
        ['rules/XA/taxes.yaml: a: ends before it begins'],
      ],
      [
        rules('citations: { k: { read: yesterday } }'),
        ['rules/XA/taxes.yaml: citations k: read "yesterday" is no day'],
      ],
      [rules('fees: [{ id: a, from: 2026-01-01, when: { from: [MY] } }]'), []],
      [
        { 'rules/XA/examples/a.yaml': '[{ id: a, on: 2026-13-01, to: MY }, { id: b, to: MY }]' },
        [
          'rules/XA/examples/a.yaml: a: on "2026-13-01" is no day',
          'rules/XA/examples/a.yaml: b: on undefined is no day',
        ],
      ],
    ],
  ],
  [
    'no floats near money',
    floats(floatFiles),
    [
      [code('const a = parseFloat(b)'), ['src/tariff/a.ts:1 parseFloat']],
      [code('const a = Number.parseFloat(b)'), ['src/tariff/a.ts:1 parseFloat']],
      [code('const a = b.c().toFixed(2)'), ['src/tariff/a.ts:1 toFixed']],
      [code('free.toFixed(1)', 'src/app/commands/doctor.ts'), []],
      [
        code('export {}', 'src/app/commands/doctor.ts'),
        ['src/app/commands/doctor.ts:1 needs no exception any more'],
      ],
    ],
  ],
  [
    'a page says first what its tags mean',
    pageHead,
    [
      [code('export {}', 'src/ui/a.tsx'), [`src/ui/a.tsx:1 the first line must be ${pageOpening}`]],
      [
        code(`/** @jsxImportSource hono/jsx */`, 'test/a.tsx'),
        [`test/a.tsx:1 the first line must be ${pageOpening}`],
      ],
      [code(`${pageOpening}\nexport {}`, 'src/ui/a.tsx'), []],
    ],
  ],
  [
    'a file begins with what it is',
    fileHead,
    [
      [code('\nexport {}'), ['src/tariff/a.ts:1 begins with a blank']],
      [
        code('\uFEFFexport {}'),
        [
          'src/tariff/a.ts:1 begins with a blank',
          'src/tariff/a.ts:1 begins with a byte order mark',
        ],
      ],
      [code('export {}\r\n'), ['src/tariff/a.ts:1 has carriage returns']],
      [code('// Copyright 2026\n'), ['src/tariff/a.ts:1 has a licence or history head']],
      [code('#!/usr/bin/env node\n'), ['src/tariff/a.ts:1 is no script']],
    ],
  ],
  [
    'no file has more than 300 lines without a reason',
    mostLines(longFiles),
    [
      [code('\n'.repeat(301)), ['src/tariff/a.ts:301 has more than 300 lines']],
      [code('\n'.repeat(300)), []],
    ],
  ],
  [
    'the checker is never switched off',
    untyped,
    [
      [code('const a: any = 1'), ['src/tariff/a.ts:1 any']],
      [
        code('const a = b as Record<string, any[]>', 'src/ui/a.test.ts'),
        ['src/ui/a.test.ts:1 any'],
      ],
      [code('// @ts-ignore\nconst a = 1'), ['src/tariff/a.ts:1 @ts-ignore']],
      [code('// @ts-expect-error\nconst a = 1'), ['src/tariff/a.ts:1 @ts-expect-error']],
      [code('// @ts-expect-error', 'src/ui/a.test.ts'), []],
      [code('// any\nconst any = "any"'), []],
    ],
  ],
  [
    'no path of one machine',
    machinePaths,
    [
      [code(`const a = '/root/hub'`), ['src/tariff/a.ts:1 /root/']],
      [code('const a = `${b} /tmp/${c}`'), ['src/tariff/a.ts:1 /tmp/']],
      [sql(`copy a from '/tmp/a.csv' -- /tmp/b`), ['db/migrations/0001-a.sql:1 /tmp/']],
      [code(`const a = ['/network/', 'https://example.org/work/', '/tmp'] // /root/`), []],
    ],
  ],
  [
    'the lock file names no mirror',
    lockFile,
    [
      [
        { 'package-lock.json': `{ "a": { "resolved": "https://mirror.example/a.tgz" } }` },
        ['package-lock.json:1 "resolved": "https://mirror.example/a.tgz'],
      ],
      [{ 'package-lock.json': `{ "resolved": "https://registry.npmjs.org/a/-/a-1.tgz" }` }, []],
    ],
  ],
  [
    'the lock file holds the packages of every machine',
    lockIsWhole,
    [
      [
        {
          'package-lock.json': JSON.stringify({
            packages: {
              'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-win': '1.0.0' } },
              'node_modules/a-linux': {},
            },
          }),
        },
        ['package-lock.json: node_modules/a needs a-win, which is not in it'],
      ],
    ],
  ],
  [
    'every dependency has a reason',
    dependencyReasons,
    [
      [
        {
          'package.json': '{ "dependencies": { "left-pad": "1.3.0", "pg": "1.0.0" } }',
          'docs/decisions/0006-runtime-dependencies.md': '| `pg` | a | b |\n| `hono` | a | b |',
        },
        [
          'docs/decisions/0006-runtime-dependencies.md: no row for left-pad',
          'docs/decisions/0006-runtime-dependencies.md: hono is gone',
        ],
      ],
    ],
  ],
  [
    'links between our pages lead somewhere',
    links,
    [
      [
        { 'docs/a.md': '[a](b.md) [c](../docs/a.md#law) [d](https://x.y/z) [e](.)' },
        ['docs/a.md:1 b.md is not there'],
      ],
    ],
  ],
  [
    'no reference file is copied',
    referenceFiles(referenceNames, process.env['EWTP_REFERENCE_DATA']),
    [
      [
        { 'rules/hs/hs-sections.csv': '' },
        ['rules/hs/hs-sections.csv:1 has the name of a reference file'],
      ],
      [{ 'test/hts-2024-11.csv': '' }, ['test/hts-2024-11.csv:1 has the name of a reference file']],
      [{ 'rules/hs/2017-2022.csv': 'from,to' }, []],
    ],
  ],
]

describe.each(table)('%s', (_, rule, breaks) => {
  test('and the rule can fail', () => {
    for (const [files, said] of breaks) expect(rule(fixture(files))).toEqual(said)
    expect(breaks.some(([, said]) => said.length > 0)).toBe(true)
  })

  test('here', () => expect(rule(checkout())).toEqual([]))
})

test('the pages that rules read from hold what they should', () => {
  const project = checkout()
  expect(foldersInOrder(project)).toEqual(
    expect.arrayContaining(['basis', 'tariff', 'orders', 'app']),
  )
  expect(foldersInOrder(project).at(-1)).toBe('app')
  const avoided = [...wordsToAvoid(project).keys()]
  expect(avoided).toEqual(
    expect.arrayContaining(['vendor', 'customer', 'shipment', 'hs code', 'util']),
  )
})

test('the first quote of the README is what the hub answers', () => {
  const tariff = createTariff({ rulesFolder: fileURLToPath(new URL('../rules', import.meta.url)) })
  const { text } = checkout()
  const basket = JSON.parse(text('examples/basket.json')) as BasketJson
  const [gb, sg, ca] = ['GB', 'SG', 'CA'].map((to) => tariff.quote(basket, to, {}))
  const readme = text('README.md').replaceAll('\n', ' ')
  expect(readme).toContain(`come to ${gb?.totals.landed} pounds in Britain`)
  expect(readme).toContain(`of which ${gb?.totals.tax} is VAT`)
  expect(gb?.totals.duty).toBe('0.00')
  expect(readme).toContain(`to ${sg?.totals.landed} dollars in Singapore`)
  expect(ca).toMatchObject({ status: 'cannot-decide', totals: { landed: null } })
  expect(readme).toContain(`any of ${tariff.destinations.length} destinations`)
})

test('the example in TypeScript runs', async () => {
  const example = fileURLToPath(new URL('../examples/quote-a-basket.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [example], { cwd: '/' })
  expect(stdout).toMatch(/^GB on 2026-11-22: complete-except/m)
  expect(stdout).toMatch(/^CA on 2026-11-22: cannot-decide/m)
})

test('exceptions have reasons', () => {
  for (const reason of [...Object.values(longFiles), ...Object.values(floatFiles)])
    expect(reason.length).toBeGreaterThan(10)
})
