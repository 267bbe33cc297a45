import { divide, fraction, multiply, read } from './fraction.ts'
import type { Fraction } from './fraction.ts'
import { Undecided } from './rates.ts'
import type { BasketLine } from './types.ts'

/** Units of sections 4 and 12.12: by dimension, each with its factor to the first. */
const dimensions: Record<string, string>[] = [
  {
    KGM: '1',
    GRM: '0.001',
    MGM: '0.000001',
    TNE: '1000',
    DTN: '100',
    CTM: '0.0002',
    LBR: '0.45359237',
    ONZ: '0.028349523125',
    LTN: '1016.0469088',
  },
  {
    LTR: '1',
    MLT: '0.001',
    CLT: '0.01',
    HLT: '100',
    MTQ: '1000',
    DMQ: '1',
    CMQ: '0.001',
    GLL: '3.785411784',
    GLI: '4.54609',
    BLL: '158.987294928',
  },
  { C62: '1', NMB: '1', H87: '1', EA: '1', DZN: '12', CEN: '100', GRO: '144', MIL: '1000' },
  { NPR: '1', DPR: '12' },
  { MTK: '1', CMK: '0.0001', FTK: '0.09290304', YDK: '0.83612736' },
  { MTR: '1', CMT: '0.01', KMT: '1000', FOT: '0.3048', YRD: '0.9144' },
  { KWH: '1', MWH: '1000', GWH: '1000000' },
  { LPA: '1', HPA: '100' },
]

/** The short names of the basket's `measures`. */
const unitOfKey: Record<string, string> = {
  l: 'LTR',
  ml: 'MLT',
  m: 'MTR',
  m2: 'MTK',
  m3: 'MTQ',
  g: 'GRM',
  kg_drained: 'KDW',
  pairs: 'NPR',
  lpa: 'LPA',
  alcohol_pct: 'ASV',
  sugar_pct: 'SUC',
}

/** How many `unit` the whole line is (for a percentage: how many per cent). */
export function quantityOf(line: BasketLine, unit: string): Fraction {
  const measures = Object.entries(line.measures ?? {}).map(
    ([key, amount]) => [unitOfKey[key] ?? key, read(amount)] as const,
  )
  if (unit === 'ASV' || unit === 'SUC' || unit === 'P1') {
    const percentage = measures.find(([measured]) => measured === unit)
    if (!percentage) throw new Undecided('missing-quantity')
    return percentage[1]
  }
  const pieces = read(line.quantity)
  const known: (readonly [string, Fraction])[] = [
    ...(line.netMassKg === undefined ? [] : [['KGM', read(line.netMassKg)] as const]),
    [line.unit ?? 'C62', pieces],
    ...measures.map(([measured, amount]) => [measured, multiply(amount, pieces)] as const),
  ]
  for (const [measured, amount] of known) {
    const factor = factorBetween(measured, unit)
    if (factor) return multiply(amount, factor)
  }
  if (unit === 'LPA') {
    const litres = multiply(quantityOf(line, 'LTR'), quantityOf(line, 'ASV'))
    return divide(litres, fraction(100n))
  }
  throw new Undecided('missing-quantity')
}

function factorBetween(from: string, to: string): Fraction | undefined {
  if (from === to) return read('1')
  const dimension = dimensions.find((units) => from in units && to in units)
  return dimension && divide(read(dimension[from]!), read(dimension[to]!))
}
