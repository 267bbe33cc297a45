/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Facts, Tag, type Fact, type Language, type Tone } from '../../../ui/index.ts'
import type { KeptHit } from '../kept-hit.ts'
import type { Reason } from '../score-name.ts'
import { reviewFrom } from '../screener.ts'
import '../words.ts'

interface HitCardProps {
  hit: KeptHit
  /** An officer decided on it before, for this name. */
  settled?: boolean
  language: Language
}

/** An entry of a list that a name resembles, with all that helps to tell whether it is the same party. */
export function HitCard({ hit, settled = false, language }: HitCardProps) {
  const { t } = language
  return (
    <article class="card stack">
      <div class="cluster between">
        <h3 dir="auto">{hit.listed}</h3>
        <div class="cluster">
          <strong class="nowrap figures">{scoreText(hit.score, language)}</strong>
          <Tag tone={toneOf(hit, settled)}>{t(stateOf(hit, settled))}</Tag>
        </div>
      </div>
      <Facts facts={factsOf(hit, language)} />
      <div class="stack tight">
        <h4>{t('screening.hit.why')}</h4>
        <ul class="list">
          {hit.reasons.map((reason) => (
            <li>{reasonText(reason, language)}</li>
          ))}
        </ul>
      </div>
    </article>
  )
}

export const scoreText = (score: number, { t, number }: Language): string =>
  t('screening.hit.score', { score: number(String(score)) })

const toneOf = ({ score }: KeptHit, settled: boolean): Tone =>
  score >= reviewFrom && !settled ? 'warn' : 'plain'

function stateOf({ score }: KeptHit, settled: boolean) {
  if (settled) return 'screening.hit.settled'
  return score >= reviewFrom ? 'screening.hit.needsReview' : 'screening.hit.shown'
}

const qualities = {
  name: 'screening.quality.name',
  alias: 'screening.quality.alias',
  weak: 'screening.quality.weak',
  former: 'screening.quality.former',
} as const

const kinds = {
  person: 'screening.what.person',
  organisation: 'screening.what.organisation',
  vessel: 'screening.what.vessel',
  aircraft: 'screening.what.aircraft',
} as const

export const listNames = {
  un: 'screening.list.un',
  eu: 'screening.list.eu',
  ofac: 'screening.list.ofac',
  bis: 'screening.list.bis',
} as const

function factsOf(hit: KeptHit, language: Language): Fact[] {
  const { t } = language
  const facts: (Fact | false)[] = [
    { term: t('screening.hit.listed'), detail: `${hit.listed} (${t(qualities[hit.quality])})` },
    hit.mainName !== hit.listed && { term: t('screening.hit.main'), detail: hit.mainName },
    { term: t('screening.hit.what'), detail: t(kinds[hit.kind]) },
    { term: t('screening.hit.list'), detail: t(listNames[hit.list]) },
    { term: t('screening.hit.entry'), detail: hit.entry },
    hit.programme !== '' && { term: t('screening.hit.programme'), detail: hit.programme },
    hit.listedOn !== undefined && {
      term: t('screening.hit.since'),
      detail: language.date(hit.listedOn),
    },
    hit.births.length > 0 && { term: t('screening.hit.births'), detail: hit.births.join('; ') },
    hit.countries.length > 0 && {
      term: t('screening.hit.countries'),
      detail: hit.countries.join('; '),
    },
  ]
  return facts.filter((fact) => fact !== false)
}

const hows = {
  same: 'screening.how.same',
  spelling: 'screening.how.spelling',
  letter: 'screening.how.letter',
  initial: 'screening.how.initial',
  joined: 'screening.how.joined',
  missing: 'screening.how.missing',
  extra: 'screening.how.extra',
} as const

const reasonText = ({ how, asked = '', listed = '' }: Reason, { t }: Language): string =>
  t(hows[how], { asked, listed })
