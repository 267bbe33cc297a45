// Writes contract/landed-cost.schema.json from the schemas in use: `node --import ./bin/loader.js src/tariff/publish-schema.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { landedCostJsonSchema } from './pages/api-schemas.ts'

const folder = join(import.meta.dirname, '../../contract')
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(folder, 'landed-cost.schema.json'),
  `${JSON.stringify(landedCostJsonSchema(), null, 2)}\n`,
)
