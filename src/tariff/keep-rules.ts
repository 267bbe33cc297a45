import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { timestamptz, transact, type Database } from '../db/index.ts'
import type { Tariff } from './create-tariff.ts'
import type { TerritoryRules } from './rules/read-rules.ts'
import './schema.ts'

/**
 * Writes every rule the hub reads today into `rule_versions`, once for each wording: a version stays for ever, so that
 * an answer can be explained from the rules it rested on when the files have long moved on. Returns how many were new.
 * A territory whose files are broken is passed over and named; the others are kept all the same.
 */
export async function keepRuleVersions(
  db: Database,
  tariff: Tariff,
  now: number,
): Promise<{ added: number; broken: readonly { territory: string; reason: string }[] }> {
  const broken: { territory: string; reason: string }[] = []
  let added = 0
  for (const territory of tariff.territories) {
    let rules: TerritoryRules
    try {
      rules = tariff.rules(territory)
    } catch (error) {
      broken.push({ territory, reason: error instanceof Error ? error.message : String(error) })
      continue
    }
    added += await keepTerritory(db, territory, bodiesOf(rules), now)
  }
  return { added, broken }
}

type Body = { readonly id: string; readonly json: string; readonly digest: string }

/** The records of a territory's own lists, inherited ones too: an answer names them under the territory. */
function bodiesOf(rules: TerritoryRules): Body[] {
  return Object.entries(rules).flatMap(([list, records]) =>
    Array.isArray(records)
      ? records.flatMap((record: object & { id?: string; path?: string; codesPath?: string }) => {
          const { id = list, path: _, codesPath: __, ...body } = record
          const json = JSON.stringify({ list, ...body })
          return [{ id, json, digest: createHash('sha256').update(json).digest('hex') }]
        })
      : [],
  )
}

/** SHA-256 over every rule of a territory as they are read now, base64url: two quotes with the same one read the same rules. */
export function rulesDigest(tariff: Tariff, territory: string): string {
  const hash = createHash('sha256')
  for (const { id, digest } of bodiesOf(tariff.rules(territory))) hash.update(`${id} ${digest}\n`)
  return hash.digest('base64url')
}

async function keepTerritory(
  db: Database,
  territory: string,
  bodies: readonly Body[],
  now: number,
): Promise<number> {
  return transact(db, async (tx) => {
    const result = await sql`
      insert into rule_versions (territory, rule_id, digest, body, first_seen_at)
      select ${territory}, rule_id, digest, body::jsonb, ${timestamptz(now)}
      from unnest(${bodies.map(({ id }) => id)}::text[],
                  ${bodies.map(({ digest }) => digest)}::text[],
                  ${bodies.map(({ json }) => json)}::text[]) as given (rule_id, digest, body)
      on conflict do nothing`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  })
}
