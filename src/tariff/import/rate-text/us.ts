import { amount, free, highest, percent, sum } from './neutral.ts'
import { english, unitOf } from './units.ts'

/**
 * A rate of the US HTS (General, Special or Column 2) in the neutral grammar; undefined when it
 * says more than the grammar can, such as a rate by degree of sugar or by reference to another
 * article.
 */
export function usRate(official: string): string | undefined {
  const text = tidy(official)
  if (/^free$/i.test(text)) return free
  const floor = /^(.+?),? but not less than (.+)$/.exec(text)
  if (floor) return highest([usRate(floor[1] ?? ''), usRate(floor[2] ?? '')])
  const terms = text.split(/\s*\+\s*/)
  // One figure for the quantity "named substance" cannot stand for two different substances.
  const rates = terms.map(term)
  if (rates.filter((rate) => rate?.includes('/KNS')).length > 1) return undefined
  return sum(rates)
}

/** `33 1/3%` and words inside a figure have no place here; only whole, plain terms are read. */
function term(text: string): string | undefined {
  const share = /^([\d.]+)(?:%| percent) ?(?:(?:on|of) (?:the )?(.+))?$/.exec(text)
  if (share) return percentOf(share[1] ?? '', share[2])
  const money = /^(\$)?([\d.,]+)(¢)? ?(each|\/.+)$/.exec(text)
  if (!money || Boolean(money[1]) === Boolean(money[3])) return undefined
  const per = perOf(money[4] ?? '')
  return per && amount(money[2] ?? '', 'USD', [per], Boolean(money[3]))
}

/**
 * Parts of the goods whose value the importer declares apart (watches above all), as facts of the
 * line.
 */
const facts: ReadonlyMap<string, string> = new Map([
  ['case', 'value.case'],
  ['strap, band or bracelet', 'value.strap'],
  ['battery', 'value.battery'],
  ['movement', 'value.movement'],
  ['movement and case', 'value.movement-and-case'],
  ['case and strap, band or bracelet', 'value.case-and-strap'],
  ['apparatus', 'value.apparatus'],
  ['value of the lead content', 'value.lead'],
  ['value of the rifle', 'value.rifle'],
  ['value of the telescopic sight, if any', 'value.telescopic-sight'],
])

function percentOf(figure: string, of: string | undefined): string | undefined {
  if (of === undefined || of === 'entire set') return percent(figure)
  const fact = facts.get(of)
  return fact && percent(figure, fact)
}

const weights: ReadonlyMap<string, string> = new Map([
  ['kg on drained weight', 'KDW'],
  ['kg on drained weght', 'KDW'],
  ['kg on contents and container', 'KIC'],
  ['kg on entire contents of container', 'KGM'],
  ['kg, including weight of container', 'KIC'],
  ['t, including weight of container', 'TIC'],
  ['kg of total sugars', 'KNS'],
  ['kg of anhydrous morphine content', 'KNS'],
  ['clean kg', 'KNS'],
  ['pf. liter on ethyl alcohol content', 'PFL'],
  ['m2 of recording surface', 'MTK'],
])

function perOf(text: string): string | undefined {
  if (text === 'each') return 'C62'
  const unit = text.slice(1).trim()
  if (/^1,?000$/.test(unit)) return '1000 C62'
  if (/^kg on [a-z]+ content$/.test(unit)) return 'KNS'
  return weights.get(unit) ?? unitOf(english, unit)
}

/** Takes out the markup and the line-end hyphens that the export carries over from print. */
const tidy = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/([a-z])- ([a-z])/g, '$1$2')
    .replace(/\s*\/\s*/g, '/')
    .replace(/thebattery/g, 'the battery')
    .replace(/2(?=of recording)/, '2 ')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/ (?=¢)/g, '')
    .replace(/\/$/, '')
    .trim()
