import type { ListCode, ListedKind, NameQuality } from './listed.ts'
import type { Reason } from './score-name.ts'
import type { Hit } from './screener.ts'

/** A hit as it is kept and shown: the entry by its number, and what an officer needs of it. */
export interface KeptHit {
  list: ListCode
  entry: string
  kind: ListedKind
  programme: string
  listedOn?: string
  births: readonly string[]
  countries: readonly string[]
  /** The main name of the entry, where another one was met. */
  mainName: string
  listed: string
  quality: NameQuality
  /** 0 to 100, in tenths. */
  score: number
  reasons: readonly Reason[]
}

export function keptHit({ entry, listed, score, reasons }: Hit): KeptHit {
  const { list, id, kind, programme, listedOn, births, countries, names } = entry
  return {
    ...{ list, entry: id, kind, programme, births, countries },
    ...(listedOn ? { listedOn } : {}),
    mainName: names[0]?.name ?? listed.name,
    ...{ listed: listed.name, quality: listed.quality, score, reasons },
  }
}

/** The one entry for the one name: what an officer decides on. */
export const referenceOf = (hit: Pick<KeptHit, 'list' | 'entry'>, nameKey: string): string =>
  `${hit.list}:${hit.entry}|${nameKey}`
