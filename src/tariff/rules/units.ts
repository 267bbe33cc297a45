import { decimal, ratio, type Ratio } from '../../basis/ratio.ts'

// UN/CEFACT Recommendation 20 units that tariffs charge by, grouped by dimension; the factor turns one
// unit into the dimension's first unit. Units of other dimensions convert to nothing else.
const dimensions: Readonly<Record<string, ReadonlyArray<readonly [unit: string, factor: string]>>> =
  {
    mass: [
      ['KGM', '1'],
      ['GRM', '0.001'],
      ['MGM', '0.000001'],
      ['TNE', '1000'],
      ['DTN', '100'],
      ['CTM', '0.0002'],
      ['LBR', '0.45359237'],
      ['ONZ', '0.028349523125'],
      ['LTN', '1016.0469088'],
    ],
    volume: [
      ['LTR', '1'],
      ['MLT', '0.001'],
      ['CLT', '0.01'],
      ['HLT', '100'],
      ['MTQ', '1000'],
      ['DMQ', '1'],
      ['CMQ', '0.001'],
      ['GLL', '3.785411784'],
      ['GLI', '4.54609'],
      ['BLL', '158.987294928'],
    ],
    pieces: [
      ['C62', '1'],
      ['NMB', '1'],
      ['H87', '1'],
      ['EA', '1'],
      ['DZN', '12'],
      ['CEN', '100'],
      ['GRO', '144'],
      ['MIL', '1000'],
    ],
    pairs: [
      ['NPR', '1'],
      ['DPR', '12'],
    ],
    area: [
      ['MTK', '1'],
      ['CMK', '0.0001'],
      ['FTK', '0.09290304'],
      ['YDK', '0.83612736'],
    ],
    length: [
      ['MTR', '1'],
      ['CMT', '0.01'],
      ['KMT', '1000'],
      ['FOT', '0.3048'],
      ['YRD', '0.9144'],
    ],
    energy: [
      ['KWH', '1'],
      ['MWH', '1000'],
      ['GWH', '1000000'],
    ],
    'pure alcohol': [
      ['LPA', '1'],
      ['HPA', '100'],
    ],
  }

type Unit = { readonly dimension: string; readonly base: string; readonly factor: Ratio }

const units = new Map<string, Unit>(
  Object.entries(dimensions).flatMap(([dimension, members]) =>
    members.map(([unit, factor]): [string, Unit] => [
      unit,
      { dimension, base: (members[0] as readonly [string, string])[0], factor: decimal(factor) },
    ]),
  ),
)

/** Units that describe the goods and do not add up: per cent by volume or by weight. */
export const intensiveUnits: ReadonlySet<string> = new Set(['ASV', 'SUC', 'P1'])

/** The unit that quantities of this unit's dimension are kept in, and what one unit is worth in it. */
export function baseUnit(unit: string): { base: string; factor: Ratio } {
  return units.get(unit) ?? { base: unit, factor: ratio(1n) }
}

/** Plain words of the basket for measures, as Rec 20 codes. */
export const measureUnits: Readonly<Record<string, string>> = {
  kg: 'KGM',
  g: 'GRM',
  l: 'LTR',
  ml: 'MLT',
  m: 'MTR',
  m2: 'MTK',
  m3: 'MTQ',
  kg_drained: 'KDW',
  pairs: 'NPR',
  lpa: 'LPA',
  kwh: 'KWH',
  alcohol_pct: 'ASV',
  sugar_pct: 'SUC',
}
