import type { Schedule } from './schedule.ts'

/** The neutral csv of docs/rules-schema.md section 5: sorted, LF, quoted only where needed. */
export function writeSchedule({ columns, rows }: Schedule): string {
  const lines = rows.map(({ code, unit, flags, cells }) => [
    code,
    unit,
    flags.join(' '),
    ...columns.map((column) => cells.get(column) ?? ''),
  ])
  return writeCsv([['code', 'unit', 'flags', ...columns], ...lines])
}

export const writeCsv = (lines: readonly (readonly string[])[]): string =>
  lines.map((fields) => `${fields.map(quoted).join(',')}\n`).join('')

const quoted = (field: string): string =>
  /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
