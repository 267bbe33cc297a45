import { join } from 'node:path'
import { checkRules } from './check-rules.ts'

const { lines, wrong } = checkRules(
  join(import.meta.dirname, '../../rules'),
  undefined,
  process.argv.slice(2),
  '2026-11-22',
)
console.log(lines.join('\n'))
process.exitCode = wrong > 0 ? 1 : 0
