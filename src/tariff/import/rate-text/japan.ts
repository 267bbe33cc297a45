import { addDays } from '../../../basis/day.ts'
import { amount, free, highest, lowest, percent, quota, season, sum, times } from './neutral.ts'

/**
 * A duty of Japan's 実行関税率表 without conditions: 無税, 3.2%, 29.8%＋396円/kg, or two of them with 又は …
 * のうちいずれか高い（低い）税率. Brackets say that another column applies instead, ◎ that the line is within a
 * tariff quota; neither changes the figure. Not understood: rates that depend on the customs value
 * (差額関税), ranges (〜), and lines marked ●, *, ** or ※.
 */
export function japanRate(official: string): string | undefined {
  const text = unwrapped(normal(official).replaceAll(' ', ''))
  if (text === '無税' || text === '免税') return free
  const floor = /^(.+)ただしその税率が(.+)を下回る場合は\2$/.exec(text)
  if (floor) return highest([japanRate(floor[1] ?? ''), terms(floor[2] ?? '')])
  const ceiling = /^(.+)\(ただしその税率が(.+)を上回る場合は\2とする\)$/.exec(text)
  if (ceiling) return lowest([japanRate(ceiling[1] ?? ''), terms(ceiling[2] ?? '')])
  const choice = /^(.+)又は(.+)のうちいずれか(高|低)い税率$/.exec(text)
  if (!choice) return terms(text)
  const rates = [terms(choice[1] ?? ''), terms(choice[2] ?? '')]
  return choice[3] === '高' ? highest(rates) : lowest(rates)
}

/**
 * Whether the publisher put the rate in brackets: another column is lower or stands in its place.
 */
export const isBracketed = (official: string): boolean => {
  const text = normal(official)
  return unwrapped(text) !== text || /^\(.+\)\s*(?:〜|又は)\s*\(.+\)$/.test(text)
}

export type Preference = {
  readonly rate: string | undefined
  /** Parties with a rate of their own (CPTPP): the neutral cell of each. */
  readonly own: ReadonlyMap<string, string | undefined>
}

/**
 * A cell of an economic partnership column. Conditions the grammar can hold are tariff quotas,
 * dates of import and the party of origin; outside quota or season the ordinary rate `mfn` is due.
 */
export function japanPreference(official: string, mfn: string | undefined): Preference {
  const parts = conditionsOf(official)
  const own = new Map<string, string | undefined>()
  if (!parts) return { rate: japanRate(official), own }
  const [first, second] = parts
  if (parts.every(({ condition }) => partiesOf(condition) !== undefined)) return byParty(parts)
  const isQuota = first?.condition === '関税割当数量以内のもの' && parts.length <= 2
  if (isQuota && (!second || /^(関税割当数量以外|その他)のもの$/.test(second.condition))) {
    return { rate: quota(first.rate, second ? second.rate : mfn), own }
  }
  const inSeason = first && parts.length === 1 ? importWindow(first.condition) : undefined
  if (!first || !inSeason) return { rate: undefined, own }
  const rest = { window: complement(inSeason), rate: mfn }
  return { rate: season([{ window: inSeason, rate: first.rate }, rest]), own }
}

/** 毎年4月1日から同年9月30日までに輸入されるもの as `0401-0930`; the end of February is 0229. */
export function importWindow(text: string): string | undefined {
  const date = String.raw`(\d+)月(\d+|末)日`
  const pattern = new RegExp(`毎年${date}から(?:同|翌)年${date}までに輸入されるもの`)
  const match = pattern.exec(normal(text))
  if (!match) return undefined
  const [, fromMonth = '', fromDay = '', toMonth = '', toDay = ''] = match
  return `${two(fromMonth)}${two(fromDay)}-${two(toMonth)}${toDay === '末' ? '29' : two(toDay)}`
}

export const normal = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim()

const two = (figure: string): string => figure.padStart(2, '0')

const terms = (text: string): string | undefined => sum(unwrapped(text).split('+').map(term))

const units: ReadonlyMap<string, string> = new Map([
  ['kg', 'KGM'],
  ['l', 'LTR'],
  ['kl', '1000 LTR'],
  ['m2', 'MTK'],
  ['MT', 'TNE'],
  ['足', 'NPR'],
  ['頭', 'C62'],
  ['枚', 'C62'],
  ['本', 'C62'],
  ['1,000本', '1000 C62'],
])

function term(text: string): string | undefined {
  const share = /^([\d.]+)%$/.exec(text)
  if (share) return percent(share[1] ?? '')
  const money = /^([\d.,]+)(万)?円\/(.+)$/.exec(text)
  const per = units.get(money?.[3] ?? '')
  const figure = money?.[2] ? times(money[1] ?? '', 10000n) : money?.[1]
  return per && figure ? amount(figure, 'JPY', [per]) : undefined
}

/** Takes off ◎ and brackets around the whole. */
function unwrapped(text: string): string {
  const bare = text.replace(/^◎/, '')
  if (!bare.startsWith('(') || !bare.endsWith(')')) return bare
  let depth = 0
  for (const [at, character] of [...bare].entries()) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0
    if (depth === 0 && at < [...bare].length - 1) return bare
  }
  return unwrapped(bare.slice(1, -1))
}

type Conditional = { readonly condition: string; readonly rate: string | undefined }

/**
 * Conditions stand before an ideographic blank, one on each line; undefined when there are none.
 */
function conditionsOf(official: string): Conditional[] | undefined {
  const lines = official.split(/\r?\n/).map((line) => line.split('\u3000'))
  if (!lines.every((parts) => parts.length === 2)) return undefined
  return lines.map(([condition = '', rate = '']) => ({
    condition: normal(condition),
    rate: japanRate(rate),
  }))
}

const parties: ReadonlyMap<string, string> = new Map([
  ['オーストラリア', 'AU'],
  ['カナダ', 'CA'],
  ['チリ', 'CL'],
  ['マレーシア', 'MY'],
  ['ニュージーランド', 'NZ'],
  ['ベトナム', 'VN'],
])

/** The countries of `(カナダ及びチリに対する待遇)`; none for `(他の締約国に対する待遇)`. */
function partiesOf(condition: string): string[] | undefined {
  const names = /^\((.+)に対する待遇\)$/.exec(condition)?.[1]
  if (names === undefined) return undefined
  if (names === '他の締約国') return []
  const codes = names.split(/、|及び/).map((party) => parties.get(party))
  return codes.every((code) => code !== undefined) ? codes : undefined
}

function byParty(parts: readonly Conditional[]): Preference {
  const own = new Map<string, string | undefined>()
  let others: string | undefined = ''
  for (const { condition, rate } of parts) {
    const named = partiesOf(condition) ?? []
    if (named.length === 0) others = rate
    for (const country of named) own.set(country, rate)
  }
  const rate = others ? `${others} except ${[...own.keys()].sort().join(' ')}` : others
  return { rate, own }
}

/** The rest of the year. */
function complement(window: string): string {
  const [from = '', to = ''] = window.split('-')
  return `${shifted(to, 1)}-${shifted(from, -1)}`
}

/** Reckoned in a leap year, so that no window lacks 29 February. */
const shifted = (monthDay: string, by: number): string =>
  addDays(`2000-${monthDay.slice(0, 2)}-${monthDay.slice(2)}`, by)
    .slice(5)
    .replace('-', '')
