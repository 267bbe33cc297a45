// What a small parcel from Malaysia costs at three doors, and by which rules. Run it: node examples/quote-a-basket.ts
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
// The engine alone: the capability's index also brings its pages, which plain Node cannot load.
import type { Answer } from '../src/tariff/assess/answer.ts'
import { createTariff } from '../src/tariff/create-tariff.ts'
import type { BasketJson } from '../src/tariff/parse-basket.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const basket = JSON.parse(readFileSync(here('basket.json'), 'utf8')) as BasketJson
const tariff = createTariff({ rulesFolder: here('../rules') })

for (const to of ['GB', 'SG', 'CA']) report(tariff.quote(basket, to, {}))

function report({ to, on, status, routeName, currency, totals, ...answer }: Answer): void {
  console.log(`\n${to} on ${on}: ${status}, ${routeName ?? 'no route'}`)
  for (const { id, charges, reasons } of answer.lines) {
    for (const { name, rate = '', amount, citation } of charges)
      console.log(`  ${id}: ${name} ${rate} is ${amount} (${citation?.publisher ?? 'no source'})`)
    for (const { code } of reasons) console.log(`  ${id}: ${code}`)
  }
  console.log(totals.landed ? `  At the door: ${totals.landed} ${currency}` : '  No total')
}
