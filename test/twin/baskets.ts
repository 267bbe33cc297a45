import { convertExactly, digitsOf, readLimit } from './exchange.ts'
import { multiply, read, toWhole } from './fraction.ts'
import { lawOf, scheduleFileOf } from './load.ts'
import { Undecided } from './rates.ts'
import type { Basket, BasketLine, Law, Money, TwinRules } from './types.ts'
import { whichVersionHolds } from './versions.ts'

/**
 * Random baskets that look for trouble: real and wrong codes, prices a minor unit around every limit that
 * stands in the rules, days around every change. The same seed always gives the same basket.
 */
export interface Sample {
  seed: number
  to: string
  on: string
  strict: boolean
  basket: Basket
}

export function basketMaker(rules: TwinRules): (seed: number) => Sample {
  const places = rules.territories
    .map((territory) => whatIsNamedIn(rules, lawOf(rules, territory)))
    .filter(({ law }) => law.regimes.length > 0)
  if (places.length === 0) throw new Error('no destination has a regime')
  return (seed) => makeBasket(rules, places, seed)
}

/** Everything the law of a place mentions that a basket could touch. */
interface Named {
  law: Law
  rows: Record<string, string>[]
  rowByCode: Map<string, Record<string, string>>
  prefixes: string[]
  limits: { text: string; of: string; per: string }[]
  countries: string[]
  facts: string[]
  basketFacts: string[]
  schemes: string[]
  proofs: string[][]
  days: string[]
}

const outsiders = ['CN', 'US', 'JP', 'DE', 'BR', 'KP', 'RU', 'CU', 'BD', 'VN', 'MY', 'ZA', 'AQ']

function whatIsNamedIn(rules: TwinRules, law: Law): Named {
  const named: Named = {
    law,
    rows: law.schedules.flatMap(({ folder, file }) =>
      [...scheduleFileOf(rules, folder, file).chapters.values()].flat(),
    ),
    rowByCode: new Map(),
    prefixes: [],
    limits: [],
    countries: [...outsiders],
    facts: [],
    basketFacts: [],
    schemes: [],
    proofs: [['quota']],
    days: ['2026-11-22'],
  }
  for (const row of named.rows) named.rowByCode.set(row.code!, row)
  walk(law, named)
  const groups = named.countries.filter((name) => name.startsWith('@'))
  for (const group of rules.groups.filter(({ id }) => groups.includes(`@${id}`))) walk(group, named)
  named.countries = [...new Set(named.countries)].filter((name) => !name.startsWith('@'))
  named.days = [...new Set(named.days)].toSorted()
  return named
}

function walk(value: unknown, named: Named): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, named)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const map = value as Record<string, unknown>
  for (const [key, each] of Object.entries(map)) {
    note(key, each, map, named)
    walk(each, named)
  }
}

function note(key: string, value: unknown, map: Record<string, unknown>, named: Named): void {
  const list = Array.isArray(value) ? value.map(String) : []
  const text = typeof value === 'string' ? value : ''
  if (['max', 'min', 'below', 'above', 'limit'].includes(key) && text !== '') {
    named.limits.push({ text, of: String(map.of ?? 'price'), per: String(map.per ?? '') })
  }
  if (['origin', 'origin_not', 'countries', 'from', 'from_not'].includes(key)) {
    named.countries.push(...list)
  }
  if (key === 'codes' || key === 'codes_not') {
    named.prefixes.push(...list.map((each) => each.split('-')[0]!))
  }
  if (key === 'fact' || key === 'fact_not') {
    ;('limit' in map ? named.basketFacts : named.facts).push(text)
  }
  if (key === 'holds' || key === 'holds_not') named.schemes.push(text)
  if (key === 'unless_proof') named.proofs.push([text])
  if (key === 'proofs') named.proofs.push(...(value as string[][]))
  if ((key === 'from' || key === 'to') && /^\d{4}-\d\d-\d\d$/.test(text)) named.days.push(text)
  if (key === 'seen') named.days.push(...list)
}

/** mulberry32: 32 bits of state, the same sequence for the same seed everywhere. */
function dice(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    chance: (share: number) => next() < share,
    oneOf: <T>(list: readonly T[]): T => list[below(list.length)]!,
  }
}

type Dice = ReturnType<typeof dice>

function makeBasket(rules: TwinRules, places: Named[], seed: number): Sample {
  const die = dice(Math.imul(seed, 2654435761) ^ 0x5f3759df)
  const named = placeOf(die, places)
  const { law } = named
  const on = dayOf(die, named)
  const currency = currencyFor(die, law, on)
  // A neat basket holds only codes of the destination, so that its figures can be worked out and compared.
  const neat = die.chance(0.6)
  const lines = Array.from({ length: 1 + die.below(die.chance(0.6) ? 2 : 6) }, (_, index) =>
    makeLine(die, places, named, { index, currency, neat }),
  )
  const basket: Basket = {
    from: die.chance(0.6) ? lines[0]!.origin : die.oneOf(named.countries),
    transport: die.oneOf(['post', 'courier', 'air', 'sea', 'road']),
    consignee: die.oneOf(['consumer', 'consumer', 'business']),
    incoterm: die.oneOf(['DDP', 'DAP']),
    freight: moneyOf(die, currency, die.chance(0.2) ? 0 : die.below(6000)),
    lines,
  }
  if (die.chance(0.2)) basket.insurance = moneyOf(die, currency, die.below(1500))
  if (die.chance(0.75)) {
    basket.schemes = named.schemes.filter(() => die.chance(0.4))
    basket.schemes = [...new Set(basket.schemes)]
  }
  if (named.basketFacts.length > 0 && die.chance(0.6)) {
    basket.facts = { [die.oneOf(named.basketFacts)]: decimal(BigInt(die.below(2_600_000)), 2) }
  }
  if (!neat && die.chance(0.4)) basket.hs = die.oneOf(['2012', '2017', '2017', '2022', '2022'])
  if (named.limits.length > 0 && die.chance(0.75)) moveToLimit(die, rules, named, basket, on)
  return { seed, to: law.territory, on, strict: die.chance(0.2), basket }
}

/** Members of one union share most of their law: a union counts like two places of its own. */
function placeOf(die: Dice, places: Named[]): Named {
  const alone = places.filter(({ law }) => law.unions.length === 0)
  const unions = [...new Set(places.flatMap(({ law }) => law.unions))]
  const picked = die.below(alone.length + 2 * unions.length)
  const union = unions[Math.floor((picked - alone.length) / 2)]
  return alone[picked] ?? die.oneOf(places.filter(({ law }) => law.unions.includes(union!)))
}

/** A day of change, the day before or after, or any day of the years the rules know. */
function dayOf(die: Dice, { law, days }: Named): string {
  if (die.chance(0.35)) return '2026-11-22'
  const year = die.oneOf([2019, 2021, 2023, 2024, 2025, 2025, 2026, 2026, 2026, 2026, 2027])
  const any = `${year}-${String(1 + die.below(12)).padStart(2, '0')}-15`
  const day = new Date(`${die.chance(0.7) ? die.oneOf(days) : any}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + die.oneOf([-1, 0, 0, 1, 40]))
  const on = day.toISOString().slice(0, 10)
  const ruled = law.regimes.some((regime) => whichVersionHolds([regime], on)?.firm)
  return ruled || die.chance(0.2) ? on : '2026-11-22'
}

function currencyFor(die: Dice, { currency }: Law, on: string): string {
  const own =
    typeof currency === 'string'
      ? currency
      : (whichVersionHolds(currency, on)?.record.currency ?? 'EUR')
  return die.chance(0.65) ? own : die.oneOf(['EUR', 'USD', 'MYR', 'CNY', 'USD', 'VND'])
}

function moneyOf(die: Dice, currency: string, cents: number): Money {
  const named = die.chance(0.9) ? currency : die.oneOf(['EUR', 'USD', 'CNY'])
  return { amount: decimal(BigInt(cents), digitsOf(named)), currency: named }
}

function decimal(minor: bigint, digits: number): string {
  if (digits === 0) return String(minor)
  const text = String(minor).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function makeLine(
  die: Dice,
  places: Named[],
  named: Named,
  { index, currency, neat }: { index: number; currency: string; neat: boolean },
): BasketLine {
  const digits = anyCodeFrom(die, places, named, neat)
  // Codes have four to twelve digits and an even number of them; others are refused at the door.
  const code = digits
    .padEnd(digits.length < 4 ? 4 : digits.length + (digits.length % 2), '0')
    .slice(0, 12)
  const row = named.rowByCode.get(code) ?? {}
  const scale = digitsOf(currency) === 0 ? 100n : 1n
  const price = scale * BigInt(1 + die.below(die.oneOf([900, 5000, 30_000, 400_000])))
  const line: BasketLine = {
    id: String.fromCodePoint(97 + index),
    description: 'goods',
    code,
    origin: die.chance(0.8) ? die.oneOf(named.countries) : die.oneOf(outsiders),
    quantity: String(die.oneOf([1, 1, 1, 2, 3, 7, 12, 100])),
    unitPrice: { amount: decimal(price, digitsOf(currency)), currency },
  }
  if (!neat && die.chance(0.5)) {
    line.codeOf = die.oneOf([
      named.law.territory,
      ...named.law.unions,
      die.oneOf(places).law.territory,
    ])
  }
  if (die.chance(0.1)) line.unit = die.oneOf(['C62', 'NPR', 'KGM', 'LTR', 'TNE', 'DZN', 'MTK'])
  if (die.chance(0.7)) line.netMassKg = die.oneOf(['0.4', '1.25', '12', '250', '3333.3'])
  addMeasures(die, line, Object.values(row).join(' '))
  addFacts(die, line, named, Object.values(row).join(' '))
  const proofs = named.proofs.filter(() => die.chance(0.15)).flat()
  if (die.chance(0.5) && proofs.length > 0) line.proofs = [...new Set(proofs)]
  return line
}

/** Mostly lines of the destination; a share short, long, of others, or of no tariff at all. */
function anyCodeFrom(die: Dice, places: Named[], named: Named, neat: boolean): string {
  const rowsOf = (place: Named) => (place.rows.length > 0 ? place.rows : [{ code: '61091000' }])
  const own = () => die.oneOf(rowsOf(named)).code!
  const way = die.below(neat ? 11 : 20)
  if (way < 8) return own()
  if (way < 12) return own().slice(0, 6)
  if (way < 13) return own().slice(0, 4)
  if (way < 14) return `${own()}${die.oneOf(['0', '00', '99'])}`
  if (way < 16) return die.oneOf(rowsOf(die.oneOf(places))).code!
  if (way < 17) return `${own().slice(0, 6)}${die.oneOf(['77', '7777'])}`
  if (way < 19 && named.prefixes.length > 0) {
    return die.oneOf(named.prefixes).padEnd(die.oneOf([2, 4, 6, 8]), die.oneOf(['0', '1', '9']))
  }
  return die.oneOf(['999999', '8542', '610110', '854231', '950450', '9800', '8500', '847130'])
}

const keys: Record<string, string> = {
  LTR: 'l',
  HLT: 'l',
  MTR: 'm',
  MTK: 'm2',
  MTQ: 'm3',
  KDW: 'kg_drained',
  NPR: 'pairs',
  LPA: 'lpa',
  ASV: 'alcohol_pct',
  SUC: 'sugar_pct',
}

/** What the rates of the line ask for, sometimes; and sometimes something else. */
function addMeasures(die: Dice, line: BasketLine, texts: string): void {
  const asked = [...texts.matchAll(/\/\s*\d*\s*([A-Z][A-Z0-9]{2})/g)].map(([, unit]) => unit!)
  const units = die.chance(0.65) ? asked : []
  if (die.chance(0.15)) units.push(die.oneOf(Object.keys(keys)))
  const measures: Record<string, string> = {}
  for (const unit of units) {
    if (unit === 'C62' || unit === 'KGM') continue
    measures[keys[unit] ?? unit] = die.oneOf(['0.7', '1', '12', '2.5', '40'])
  }
  if (die.chance(0.05)) measures[die.oneOf(['g', 'ml'])] = '750'
  if (Object.keys(measures).length > 0) line.measures = measures
}

function addFacts(die: Dice, line: BasketLine, { facts }: Named, texts: string): void {
  const given: Record<string, string | boolean> = {}
  for (const fact of facts) if (die.chance(0.15)) given[fact] = die.chance(0.8)
  for (const [, fact] of texts.matchAll(/% of ([\w.-]+)/g)) {
    if (die.chance(0.7)) given[fact!] = '33.30'
  }
  if (Object.keys(given).length > 0) line.facts = given
}

/** Sets the prices so that the value of a limit is met, missed or passed by one minor unit. */
function moveToLimit(die: Dice, rules: TwinRules, named: Named, basket: Basket, on: string): void {
  const limit = die.oneOf(named.limits)
  const { currency } = basket.lines[0]!.unitPrice
  const exact = inCurrency(rules, named.law, limit.text, currency, on)
  if (exact === undefined) return
  const target = exact + BigInt(die.oneOf([-1, 0, 0, 1]))
  const digits = digitsOf(currency)
  if (limit.per === 'item') {
    die.oneOf(basket.lines).unitPrice.amount = decimal(target > 0n ? target : 0n, digits)
    return
  }
  const last = basket.lines.at(-1)!
  const others = basket.lines.slice(0, limit.per === 'line' ? 0 : -1)
  for (const line of others) {
    const share = target / BigInt(basket.lines.length * Number(line.quantity) * (1 + die.below(3)))
    line.unitPrice.amount = decimal(share, digits)
  }
  const charges = limit.of === 'price' ? [] : [basket.freight, basket.insurance]
  const added = charges.filter((money) => money?.currency === currency)
  const rest =
    target -
    others.reduce((sum, line) => sum + minorOf(line.unitPrice, Number(line.quantity)), 0n) -
    added.reduce((sum, money) => sum + minorOf(money!, 1), 0n)
  if (rest < 0n) return
  last.quantity = rest % 3n === 0n && die.chance(0.5) ? '3' : '1'
  last.unitPrice.amount = decimal(last.quantity === '3' ? rest / 3n : rest, digits)
}

function minorOf({ amount, currency }: Money, times: number): bigint {
  const units = multiply(read(amount), read(String(10 ** digitsOf(currency))))
  return toWhole(units, 'half-up') * BigInt(times)
}

function inCurrency(
  rules: TwinRules,
  law: Law,
  limit: string,
  into: string,
  on: string,
): bigint | undefined {
  try {
    const { amount, currency } = readLimit(limit)
    const exchange = whichVersionHolds(law.exchange, on)
    return toWhole(convertExactly(rules, exchange, on, amount, currency, into).minor, 'half-up')
  } catch (error) {
    if (error instanceof Undecided) return undefined
    throw error
  }
}
