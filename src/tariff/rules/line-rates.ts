// The rates of a line found in a schedule: MFN, what agreements give an origin, and tax columns; each with the record it
// comes from and how firmly it holds.
import type { Reason } from '../assess/charge.ts'
import { withText } from './compile-records.ts'
import { readColumn, withoutExcepted, type CellRead, type Found } from './find-lines.ts'
import type { CompiledAgreement, CompiledTax, RuleRef, TariffOnDay, TextRate } from './law.ts'
import type { Sighting } from './versions.ts'

/** A rate of duty with the record it comes from. */
export type DutyRate = TextRate & { readonly ref: RuleRef }

/** Every rate of duty is made here, so all have one shape. */
export const dutyRate = (ref: RuleRef, { text, rate, plain }: TextRate): DutyRate => ({
  ref,
  text,
  rate,
  plain,
})

export type TaxRate = { readonly ref: RuleRef; readonly rate: TextRate }
/** The lines that a code may stand for, where there are several. */
export type Options = readonly { readonly code: string; readonly mfn: string }[]

/** MFN duty has no record of its own: the schedule's line is its rule. */
export function mfnOf(
  found: Found,
  exception: TariffOnDay['mfnExceptions'][number] | undefined,
  options: Options,
): DutyRate | Reason {
  if (found.lookup !== 'found') return { code: found.lookup, status: 'cannot-decide' }
  const read = readColumn(found, exception?.column ?? 'mfn')
  const rate = rateOf(read, options)
  if ('code' in rate) return rate
  const ref = {
    id: exception?.ref.id ?? 'mfn',
    name: exception?.ref.name ?? 'MFN duty',
    citation: found.record?.citation,
    note: exception?.ref.note,
    sighting: sightingOf(read, exception?.ref),
  }
  return dutyRate(ref, rate)
}

export function standardRate(
  { ref, rate, record }: CompiledTax,
  found: Found,
  options: Options,
): TaxRate | Reason | undefined {
  const own = rate && { ref, rate }
  if (record.column === undefined) return own
  if (found.lookup !== 'found') return { code: found.lookup, status: 'cannot-decide' }
  const read = readColumn(found, record.column)
  if (read.agrees && !read.cell) return own
  const cell = rateOf(read, options)
  if ('code' in cell) return cell
  const citation = found.record?.citation ?? ref.citation
  return { ref: { ...ref, citation, sighting: sightingOf(read, ref) }, rate: cell }
}

/** What an agreement gives this origin for the line; undefined where it gives nothing. */
export function preferenceOf(
  { ref, rate, record }: CompiledAgreement,
  found: Found,
  origin: string,
  options: Options,
): DutyRate | Reason | undefined {
  if (rate) return dutyRate(ref, rate)
  if (record.column === undefined || found.lookup !== 'found') return undefined
  const read = withoutExcepted(readColumn(found, record.column), origin)
  if (read.agrees && !read.cell) return undefined
  const cell = rateOf(read, options)
  return 'code' in cell ? cell : dutyRate({ ...ref, sighting: sightingOf(read, ref) }, cell)
}

function rateOf(read: CellRead, options: Options): TextRate | Reason {
  if (!read.agrees) return { code: 'which-line', status: 'needs-facts', facts: { options } }
  if (!read.cell) return { code: 'no-rate', status: 'cannot-decide' }
  if ('unknown' in read.cell)
    return { code: 'not-in-grammar', status: 'cannot-decide', facts: { text: read.cell.unknown } }
  return withText(read.cell.text, read.cell.rate)
}

function sightingOf(read: CellRead, ref: RuleRef | undefined): Sighting | undefined {
  return (read.agrees ? read.sighting : undefined) ?? ref?.sighting
}
