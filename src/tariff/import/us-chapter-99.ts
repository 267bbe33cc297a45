// Chapter 99 of the US tariff: additional and temporary duties. A heading of 9903 classifies no
// goods; it says what is due besides, or instead of, the duty of the goods' own line in chapters 1
// to 97. What goods it covers stands in US notes, for Section 301 also in lists
// (us-section-301.ts).

import { addDays } from '../../basis/day.ts'
import { percent } from './rate-text/neutral.ts'
import { usRate } from './rate-text/us.ts'
import { readHts, type HtsRow } from './us-hts.ts'
import { writeCsv } from './write-schedule.ts'

export type Heading = {
  /** As the law writes it: `9903.88.15`. */
  readonly heading: string
  /** `additional` to the ordinary duty, `instead` of it, or ordinary duty `unchanged`. */
  readonly kind: 'additional' | 'instead' | 'unchanged' | '?'
  /** Neutral grammar; `?` and the official text where that is not understood. */
  readonly rate: string
  /** Days of entry the heading itself names, inclusive. */
  readonly from: string
  readonly to: string
  /** What the compiler's note adds: `suspended`, `terminated` or `expired`. */
  readonly state: string
}

/** The headings of 9903 that say something about duty, in order. */
export function importChapter99(text: string, file: string): Heading[] {
  return readHts(text, file)
    .filter(({ number, general }) => /^9903\d{4}$/.test(number) && general)
    .map(headingOf)
    .sort((a, b) => (a.heading < b.heading ? -1 : 1))
}

export const writeChapter99 = (headings: readonly Heading[]): string =>
  writeCsv([
    ['heading', 'kind', 'rate', 'from', 'to', 'state'],
    ...headings.map((each) => [each.heading, each.kind, each.rate, each.from, each.to, each.state]),
  ])

export const dotted = (number: string): string =>
  `${number.slice(0, 4)}.${number.slice(4, 6)}.${number.slice(6)}`

/** `The duty provided in the applicable subheading + 25%` and its misprints, as kind and rate. */
export function additionalDuty(official: string): Pick<Heading, 'kind' | 'rate'> {
  const text = official.replace(/\s+/g, ' ').replace(/\.$/, '').trim()
  if (/^no change$/i.test(text)) return { kind: 'unchanged', rate: '0' }
  const ordinary =
    /^\[?The duty provided (?:for )?in ?(?:the applicable subheading|subheadings [\d., or]+)/
  const start = ordinary.exec(text)
  if (!start) {
    const rate = usRate(text)
    return rate === undefined ? { kind: '?', rate: `?${text}` } : { kind: 'instead', rate }
  }
  const rest = text.slice(start[0].length).replace(/\]$/, '').trim()
  if (rest === '') return { kind: 'unchanged', rate: '0' }
  const added =
    /^(?:\+|plus) ?(?:a duty of )?([\d.]+)%(?: upon the value of the (.+) content)?$/.exec(rest)
  const fact = added?.[2] && `value.${added[2].replace('non-U.S.', 'non-us')}`
  const rate = added && percent(added[1] ?? '', fact)
  return rate ? { kind: 'additional', rate } : { kind: '?', rate: `?${text}` }
}

function headingOf({ number, general, description }: HtsRow): Heading {
  const note = /\[Compiler.?s.? note:([^\]]*)/i.exec(description)?.[1] ?? ''
  const state = /suspended|terminated|expired/.exec(note)?.[0] ?? ''
  const own = description.replace(/\[Compiler.*$/is, '')
  return {
    heading: dotted(number),
    ...additionalDuty(general),
    from: dayAfter(own, 'on or after', 0),
    to: dayAfter(own, 'through', 0) || dayAfter(own, '(?:and )?before', -1),
    state,
  }
}

const months =
  'January February March April May June July August September October November December'.split(' ')

/**
 * The one date behind `words`, moved by `days`; nothing when several are named (goods in transit).
 */
function dayAfter(text: string, words: string, days: number): string {
  const pattern = new RegExp(`${words} (${months.join('|')}) (\\d{1,2}), (\\d{4})`, 'g')
  const found = [...text.matchAll(pattern)]
  const [match] = found
  if (!match || found.length > 1) return ''
  const [, month = '', day = '', year = ''] = match
  const written = `${year}-${two(months.indexOf(month) + 1)}-${two(Number(day))}`
  return addDays(written, days)
}

const two = (figure: number): string => String(figure).padStart(2, '0')
