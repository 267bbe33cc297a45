import { readFileSync } from 'node:fs'
import { Refusal } from '../basis/refusal.ts'
import type { Basket } from './basket.ts'
import { createTariff, type Tariff } from './create-tariff.ts'
import { parseBasket } from './parse-basket.ts'

export function openTariff(rulesFolder: string, overlay?: string): Tariff {
  return createTariff({ rulesFolder, ...(overlay === undefined ? {} : { overlay }) })
}

/** A basket from a file or, with `-`, from standard input. Throws Refusal naming every place that is wrong. */
export function readBasket(file: string, tariff: Tariff): Basket {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Refusal('bad-json', { file, reason: (error as Error).message })
  }
  const parsed = parseBasket(json)
  if ('faults' in parsed)
    throw new Refusal('bad-basket', {
      faults: parsed.faults.map(({ at, reason }) => `${at}: ${reason}`),
    })
  for (const [index, { code }] of parsed.basket.lines.entries())
    if (parsed.basket.hs !== '2012' && !tariff.knowsCode(code))
      throw new Refusal('unknown-code', { at: `lines[${index}].code`, code })
  return parsed.basket
}
