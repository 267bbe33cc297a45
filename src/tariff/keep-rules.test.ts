import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { createTariff } from './create-tariff.ts'
import { keepRuleVersions } from './keep-rules.ts'

const db = await testDatabase()
const shipped = join(import.meta.dirname, '../../rules')

/** The territories with every shared file that their records may name. */
function copyRules(folder: string, ...territories: string[]): void {
  const shared = readdirSync(shipped).filter((name) => name.endsWith('.yaml'))
  for (const part of [...territories, ...shared])
    cpSync(join(shipped, part), join(folder, part), { recursive: true })
}

const versionsOf = (rule: string): Promise<{ digest: string; body: unknown }[]> =>
  db.kysely
    .selectFrom('rule_versions')
    .select(['digest', 'body'])
    .where('territory', '=', 'SG')
    .where('rule_id', '=', rule)
    .execute()

test('every rule is kept once, and a changed one beside the old', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-rules-'))
  try {
    copyRules(folder, 'SG')
    const first = await keepRuleVersions(db, createTariff({ rulesFolder: folder }), 1_000)
    expect(first.added).toBeGreaterThan(10)
    expect(first.broken).toEqual([])
    const again = await keepRuleVersions(db, createTariff({ rulesFolder: folder }), 2_000)
    expect(again.added).toBe(0)

    const before = await versionsOf('sg-gst')
    const file = join(folder, 'SG/taxes.yaml')
    writeFileSync(file, readFileSync(file, 'utf8').replace(/rate: 9%/, 'rate: 10%'))
    const changed = await keepRuleVersions(db, createTariff({ rulesFolder: folder }), 3_000)
    expect(changed.added).toBe(1)
    const after = await versionsOf('sg-gst')
    expect(after).toHaveLength(before.length + 1)
    expect(after).toEqual(expect.arrayContaining(before))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a broken territory is named and does not stop the others', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ewtp-rules-'))
  try {
    copyRules(folder, 'SG', 'HK')
    writeFileSync(join(folder, 'HK/territory.yaml'), 'territory: HK\nwrong: true\n')
    const kept = await keepRuleVersions(db, createTariff({ rulesFolder: folder }), 4_000)
    expect(kept.broken).toMatchObject([
      { territory: 'HK', reason: expect.stringMatching(/HK\/territory\.yaml:\d+/) },
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
