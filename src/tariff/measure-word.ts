/**
 * The basket's own word for what a tariff charges by, from its unit of UN/CEFACT Recommendation 20: `mass` is the line's
 * net mass, the others are its `measures`. A unit without a word is its own.
 */
export const measureWord = (unit: string): string => words[unit] ?? unit

const words: Readonly<Record<string, string>> = {
  KGM: 'mass',
  GRM: 'mass',
  TNE: 'mass',
  DTN: 'mass',
  LBR: 'mass',
  LTR: 'l',
  MLT: 'l',
  HLT: 'l',
  GLL: 'l',
  MTK: 'm2',
  MTR: 'm',
  MTQ: 'm3',
  NPR: 'pairs',
  DPR: 'pairs',
  LPA: 'lpa',
  ASV: 'alcohol_pct',
  SUC: 'sugar_pct',
  KDW: 'kg_drained',
}
