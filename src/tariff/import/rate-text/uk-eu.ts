import { amount, highest, lowest, percent, season, sum } from './neutral.ts'

/**
 * A third-country duty as the UK's 2021 comparison of UK Global Tariff and EU Common External
 * Tariff prints it. Not understood: the entry-price system, agricultural components (EA, ADSZ,
 * ADFM), raw sugar of standard quality, and figures whose unit the file has lost (`6.4 + 24.6
 * EUR/100 kg`).
 */
export function ukEuRate(official: string): string | undefined {
  const text = official.replaceAll('€', ' EUR').replace(/\s+/g, ' ').trim()
  if (!text.includes('(')) return bounded(text)
  const parts = [...text.matchAll(/([^()]+?) ?\(([^()]+)\)(?:, |$)/g)]
  // A rate left without dates would be a guess for the rest of the year.
  if (parts.map(([whole]) => whole).join('') !== text) return undefined
  const windows = parts.flatMap(([, rate = '', dates = '']) =>
    dates.split(', ').map((span) => ({ window: windowOf(span), rate: bounded(rate) })),
  )
  if (!windows.every(hasWindow)) return undefined
  return season(windows.toSorted((a, b) => (a.window < b.window ? -1 : 1)))
}

type Window = { readonly window: string; readonly rate: string | undefined }
const hasWindow = (of: { window: string | undefined; rate: string | undefined }): of is Window =>
  of.window !== undefined

const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ')

/**
 * `16 JUN-31 DEC`, `01 JUL - 31 JAN` or `01-31 DEC`. The last day of February takes in the 29th.
 */
function windowOf(span: string): string | undefined {
  const match = /^(\d{1,2})(?: ([A-Z]{3})[A-Z]*)? ?- ?(\d{1,2}) +([A-Z]{3})[A-Z]*$/.exec(span)
  const [, fromDay = '', fromMonth, toDay = '', toMonth = ''] = match ?? []
  const from = months.indexOf(fromMonth ?? toMonth) + 1
  const to = months.indexOf(toMonth) + 1
  if (from === 0 || to === 0) return undefined
  const last = to === 2 && toDay === '28' ? '29' : toDay
  return `${two(from)}${fromDay.padStart(2, '0')}-${two(to)}${last.padStart(2, '0')}`
}

const two = (month: number): string => String(month).padStart(2, '0')

/** `rate MIN floor MAX ceiling`: the duty is never below the floor, never above the ceiling. */
function bounded(text: string): string | undefined {
  const [, rate = '', floor, ceiling] = /^(.+?)(?: MIN (.+?))?(?: MAX (.+))?$/.exec(text) ?? []
  const atLeast = floor === undefined ? terms(rate) : highest([terms(rate), terms(floor)])
  return ceiling === undefined ? atLeast : lowest([atLeast, terms(ceiling)])
}

const terms = (text: string): string | undefined => sum(text.split('+').map((part) => term(part)))

function term(part: string): string | undefined {
  const text = part.trim()
  const share = /^([\d.]+)%$/.exec(text)
  if (share) return percent(share[1] ?? '')
  const money = /^([\d.,]+) (EUR|GBP) ?\/(.+)$/.exec(text)
  if (!money) return undefined
  const per = units.get((money[3] ?? '').replace(/[\s/,]/g, ''))
  return per && amount(money[1] ?? '', money[2] ?? '', per)
}

/**
 * Units with blanks and slashes taken out. KNS: lactic matter, dry matter, total alcohol; P1: each
 * per cent by weight of sucrose, which the neutral grammar multiplies as ASV for alcohol; E4:
 * gross.
 */
const units: ReadonlyMap<string, readonly string[]> = new Map([
  ['100kg', ['100 KGM']],
  ['tonne', ['TNE']],
  ['1000kg', ['1000 KGM']],
  ['hl', ['HLT']],
  ['%volhl', ['HLT', 'ASV']],
  ['item', ['C62']],
  ['1000items', ['1000 C62']],
  ['100kgnetdrainedwt', ['100 KDW']],
  ['100kgeda', ['100 KDW']],
  ['100kggross', ['100 E4']],
  ['100kgbr', ['100 E4']],
  ['100kgnet', ['100 KGM']],
  ['kglacticmatter', ['KNS']],
  ['kgdrylacticmatter', ['KNS']],
  ['100kgnetdry', ['100 KNS']],
  ['100kgmas', ['100 KNS']],
  ['kgtotalc', ['KNS']],
  ['100kgnet%sacchar', ['100 KGM', 'P1']],
  ['100kgnet%sacchar.', ['100 KGM', 'P1']],
  ['100m', ['100 MTR']],
  ['m2', ['MTK']],
])
