import { join } from 'node:path'
import type { Tariff } from '../../src/tariff/index.ts'

export const rulesFolder = join(import.meta.dirname, '../../rules')

/** The national codes of a territory's first schedule that a basket may have: eight digits or more, of an HS edition. */
export function codesOf(tariff: Tariff, territory: string): string[] {
  const [record] = tariff.rules(territory).schedules
  if (!record) return []
  const lines = [...tariff.schedule(record.path, record.file).lines()]
  return lines.map(({ code }) => code).filter((code) => code.length >= 8 && tariff.knowsCode(code))
}
