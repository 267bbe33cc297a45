import { createHash } from 'node:crypto'
import type { Db } from '../../db/index.ts'
import type { ListedEntry } from './listed.ts'
import { createScreener, createScreenerInSlices, method, type Screener } from './screener.ts'
import './schema.ts'

/** The screener of a hub: the lists in use, always the newest. */
export interface Screening {
  /** Asks the database which lists are in use and builds a new index only where that changed. */
  screener(db: Db): Promise<Screener>
}

/**
 * One belongs to a hub value. The index takes a second or two to build; with `pause` (a sleep of no
 * time, by the hub's clock) other requests are answered in the meantime.
 */
export function openScreening({ pause }: { pause?: () => Promise<void> } = {}): Screening {
  const create = (entries: readonly ListedEntry[], version: string) =>
    pause ? createScreenerInSlices(entries, version, pause) : createScreener(entries, version)
  let built: { version: string; screener: Promise<Screener> } | undefined
  return {
    async screener(db) {
      const version = await versionInUse(db)
      if (built?.version === version) return built.screener
      const screener = readEntries(db).then((entries) => create(entries, version))
      built = { version, screener }
      // A failure is not kept: the next question tries again.
      screener.catch(() => {
        if (built?.screener === screener) built = undefined
      })
      return screener
    },
  }
}

/** Names the lists in use and the method; results of another version say nothing. */
export async function versionInUse(db: Db): Promise<string> {
  const lists = await db
    .selectFrom('screening_lists')
    .select(['list', 'digest'])
    .where('current', '=', true)
    .orderBy('list')
    .execute()
  return versionOf(lists)
}

const versionOf = (lists: readonly { list: string; digest: string }[]): string => {
  const text = [method, ...lists.map(({ list, digest }) => `${list}:${digest}`)].join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** Of a hub without lists: who has this one was compared with nothing. */
export const versionWithoutLists = versionOf([])

async function readEntries(db: Db): Promise<ListedEntry[]> {
  const rows = await db
    .selectFrom('screening_entries')
    .innerJoin('screening_lists', (join) =>
      join
        .onRef('screening_lists.list', '=', 'screening_entries.list')
        .onRef('screening_lists.digest', '=', 'screening_entries.digest'),
    )
    .where('current', '=', true)
    .selectAll('screening_entries')
    .orderBy('screening_entries.list')
    .orderBy('entry_id')
    .execute()
  return rows.map(({ list, entry_id, kind, programme, listed_on, births, countries, names }) => ({
    ...{ list, id: entry_id, kind, programme, births, countries, names },
    ...(listed_on ? { listedOn: listed_on } : {}),
  }))
}
