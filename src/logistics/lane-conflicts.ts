// Compares what a file brings (the temporary tables of import-lanes.ts) with itself and with what the hub holds. Every
// rule is one statement over the whole file; each says which lines are wrong, and for what reason.
import { sql, type RawBuilder } from 'kysely'
import type { Day } from '../basis/day.ts'
import type { Tx } from '../db/index.ts'
import { versioned, versionedTables, type Versioned } from './schema.ts'
import type { FaultReason, RowFault } from './fault.ts'

type Found = { line: number; facts: Record<string, string | number> | null }
type Rule = { column: string; reason: FaultReason; lines: RawBuilder<Found> }

/** Marks every row as new, ends or unchanged, and returns the conflicts: the first ones by line, and how many. */
export async function findConflicts(
  tx: Tx,
  today: Day,
  most: number,
): Promise<{ faults: RowFault[]; count: number }> {
  await gatherCards(tx)
  for (const table of versionedTables) await decideFates(tx, table)
  const rules = [
    ...versionedTables.flatMap((table) => rulesOf(table, today)),
    stepTwice,
    ...references,
  ]
  const faults: RowFault[] = []
  let count = 0
  for (const { column, reason, lines } of rules) {
    const { rows } = await sql<Found & { total: number }>`
      select *, count(*) over ()::integer as total
      from (select distinct on (line) line, facts from (${lines}) as found order by line) as told
      order by line limit ${most}`.execute(tx)
    count += rows[0]?.total ?? 0
    for (const { line, facts } of rows)
      faults.push({ line, column, reason, ...(facts ? { facts } : {}) })
  }
  return { faults: faults.sort((a, b) => a.line - b.line).slice(0, most), count }
}

/** Rates of one zone that begin on one day are one card; where they differ in anything else they make two. */
async function gatherCards(tx: Tx): Promise<void> {
  const columns = `carrier, service, zone, valid_from, valid_to, currency, source_title, source_publisher, source_url,
    source_read`
  await sql`insert into new_lane_cards (${sql.raw(columns)}, line)
    select ${sql.raw(columns)}, min(line) from new_rates group by ${sql.raw(columns)}`.execute(tx)
  for (const table of [...versionedTables, 'rates'])
    await sql`analyze pg_temp.${sql.raw(`new_${table}`)}`.execute(tx)
}

const keysOf = (table: Versioned): string => versioned[table].join(', ')
const onKeys = (table: Versioned, a: string, b: string): string =>
  versioned[table].map((key) => `${a}.${key} = ${b}.${key}`).join(' and ')

/** Same content is told by the whole row as JSON, without the end day and what only the temporary table has. */
async function decideFates(tx: Tx, table: Versioned): Promise<void> {
  const [given, kept] = [sql.raw(`new_${table}`), sql.raw(table)]
  const on = sql.raw(`${onKeys(table, 'given', 'kept')} and given.valid_from = kept.valid_from`)
  await sql`update ${given} given set fate = case
      when to_jsonb(given) - array['valid_to', 'line', 'fate'] <> to_jsonb(kept) - 'valid_to' then 'differs'
      when given.valid_to is not distinct from kept.valid_to then 'unchanged'
      else 'ends' end
    from ${kept} kept where ${on}`.execute(tx)
  await sql`update ${given} set fate = 'new' where fate is null`.execute(tx)
  if (table === 'lane_cards') await compareSteps(tx)
}

/** A card is the same only when all its steps are. */
async function compareSteps(tx: Tx): Promise<void> {
  const steps = (from: string) =>
    sql.raw(`select carrier, service, zone, valid_from,
      array_agg(row(up_to_g, base_minor, included_g, unit_g, unit_minor, minimum_minor)::text order by up_to_g) as steps
      from ${from} group by 1, 2, 3, 4`)
  await sql`update new_lane_cards card set fate = 'differs'
    from (${steps('new_rates')}) as given join (${steps('lane_steps')}) as kept
      using (carrier, service, zone, valid_from)
    where card.fate in ('unchanged', 'ends') and given.steps <> kept.steps
      and (card.carrier, card.service, card.zone, card.valid_from) = (given.carrier, given.service, given.zone, given.valid_from)`.execute(
    tx,
  )
}

const days = (from: string): string =>
  `jsonb_build_object('from', ${from}.valid_from, 'to', coalesce(${from}.valid_to::text, ''))`

function rulesOf(table: Versioned, today: Day): Rule[] {
  const [given, kept] = [sql.raw(`new_${table}`), sql.raw(table)]
  const on = sql.raw(onKeys(table, 'given', 'kept'))
  return [
    {
      column: 'from_day',
      reason: 'version-differs',
      lines: sql`select line, null::jsonb as facts from ${given} where fate = 'differs'`,
    },
    {
      column: 'to_day',
      reason: 'end-not-possible',
      lines: sql`select given.line, jsonb_build_object('today', ${today}::text, 'to', coalesce(kept.valid_to::text, '')) as facts
        from ${given} given join ${kept} kept on ${on} and given.valid_from = kept.valid_from
        where given.fate = 'ends' and (given.valid_to is null or given.valid_to < ${today}::date - 1
          or kept.valid_to < ${today}::date)`,
    },
    {
      column: 'from_day',
      reason: 'overlaps-in-file',
      lines: sql`select line, jsonb_build_object('line', earlier) as facts from (
          select line, valid_from, lag(line) over given as earlier,
            max(coalesce(valid_to, 'infinity')) over (given rows between unbounded preceding and 1 preceding) as until
          from ${given} window given as (partition by ${sql.raw(keysOf(table))} order by valid_from, line)
        ) as rows where valid_from <= until`,
    },
    {
      column: 'from_day',
      reason: 'overlaps-kept',
      lines: sql`select given.line, ${sql.raw(days('kept'))} as facts
        from ${given} given join ${kept} kept on ${on}
          and daterange(given.valid_from, given.valid_to, '[]') && daterange(kept.valid_from, kept.valid_to, '[]')
        where not exists (select from ${given} given where ${on} and given.valid_from = kept.valid_from)`,
    },
  ]
}

const stepTwice: Rule = {
  column: 'up_to_kg',
  reason: 'step-twice',
  lines: sql`select max(line) as line, jsonb_build_object('line', min(line)) as facts from new_rates
    group by carrier, service, zone, valid_from, up_to_g having count(*) > 1`,
}

/** What the hub will hold: what it has and the file does not speak of, and what the file brings. */
const after = (table: Versioned, columns: string) =>
  sql.raw(
    `(select ${columns} from ${table} union all select ${columns} from new_${table} where fate = 'new')`,
  )

const dates = 'valid_from, valid_to'
const services = after('lane_services', `carrier, service, currency, ${dates}`)
const cards = after('lane_cards', `carrier, service, zone, ${dates}`)

const withoutService = (table: Versioned): Rule => ({
  column: 'service',
  reason: 'unknown-service',
  lines: sql`select line, null::jsonb as facts from ${sql.raw(`new_${table}`)} given
    where fate = 'new' and not exists (select from ${services} as known
      where (known.carrier, known.service) = (given.carrier, given.service)
        and daterange(known.valid_from, known.valid_to, '[]') @> given.valid_from)`,
})

const otherCurrency = (table: 'lane_cards' | 'lane_surcharges'): Rule => ({
  column: 'currency',
  reason: 'other-currency',
  lines: sql`select given.line, jsonb_build_object('currency', min(known.currency)) as facts
    from ${sql.raw(`new_${table}`)} given join ${services} as known
      on (known.carrier, known.service) = (given.carrier, given.service) and known.currency <> given.currency
        and daterange(known.valid_from, known.valid_to, '[]') && daterange(given.valid_from, given.valid_to, '[]')
    where given.fate = 'new' group by given.line`,
})

const references: readonly Rule[] = [
  withoutService('lanes'),
  withoutService('lane_cards'),
  withoutService('lane_surcharges'),
  otherCurrency('lane_cards'),
  otherCurrency('lane_surcharges'),
  {
    // A lane without prices would look like a way and never have a price.
    column: 'zone',
    reason: 'zone-without-rates',
    lines: sql`select line, jsonb_build_object('zone', zone) as facts from new_lanes given
      where fate = 'new' and not exists (select from ${cards} as known
        where (known.carrier, known.service, known.zone) = (given.carrier, given.service, given.zone)
          and daterange(known.valid_from, known.valid_to, '[]') @> given.valid_from)`,
  },
]
