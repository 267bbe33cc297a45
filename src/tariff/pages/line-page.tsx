/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatHsCode } from '../../basis/hs.ts'
import { Breadcrumb, Facts, Notice, Table, Tag, type Fact, type Language } from '../../ui/index.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import type { ScheduleLine } from '../rules/schedule.ts'
import { Source } from './charge-explained.tsx'
import { lineHref, ruleHref } from './figures.ts'
import { rateWords } from './rate-words.ts'
import { datesText } from './rule-page.tsx'
import { RuleText, Shell, type Reader } from './shell.tsx'
import type { LineLookup } from './tariff-line.ts'
import { territoryName } from './territory-name.ts'
import { wordFor } from './words.ts'

export type LinePageProps = {
  reader: Reader
  rules: TerritoryRules
  found: LineLookup
  neighbours: readonly ScheduleLine[]
  /** The column of the ordinary rate in `neighbours`. */
  mfnAt: number
}

/** A code in a territory's schedule: its rates, whom they are for, and the lines around it. */
export function LinePage(props: LinePageProps) {
  const { reader, rules, found } = props
  const { language } = reader
  const { t } = language
  const name = territoryName(rules.territory, language)
  const code = formatHsCode(found.code)
  const { schedule } = found
  return (
    <Shell reader={reader} current="rules" title={`${code}, ${name}`}>
      <div class="wrap band stack loose">
        <div class="stack">
          <Breadcrumb
            language={language}
            crumbs={[
              { label: t('tariff.rules.title'), href: '/rules' },
              { label: name, href: `/rules/${rules.territory}?on=${found.on}` },
            ]}
          />
          <h1>{t('tariff.line.title', { code, name })}</h1>
          <div class="cluster">
            <span>HS {schedule.hs}</span>
            <span>{datesText(schedule.dates, language)}</span>
            {schedule.asLastSeen && (
              <Tag tone="warn">
                {t('tariff.line.lastSeen', { date: language.date(schedule.asLastSeen.seen) })}
              </Tag>
            )}
          </div>
          <Source citation={schedule.citation} language={language} />
        </div>
        {found.lines.length === 0 && (
          <Notice tone="warn" title={t('tariff.line.none')}>
            <p>{t('tariff.line.noneText')}</p>
          </Notice>
        )}
        {found.lines.length === 1 && <OneLine {...props} />}
        <Neighbours {...props} />
      </div>
    </Shell>
  )
}

function OneLine({ reader: { language }, rules, found }: LinePageProps) {
  const { t } = language
  const line = found.lines[0] as LineLookup['lines'][number]
  const taxColumns = new Map(rules.taxes.map(({ column, id, name }) => [column, { id, name }]))
  const agreements = new Map(rules.agreements.map(({ column, id, name }) => [column, { id, name }]))
  const facts: Fact[] = Object.entries(line.cells).map(([column, text]) => {
    const named = agreements.get(column) ?? taxColumns.get(column)
    const term =
      column === 'mfn' ? (
        t('tariff.charge.mfn')
      ) : named ? (
        <a href={ruleHref(found.territory, named.id, found.on)}>
          <RuleText language={language}>{named.name}</RuleText>
        </a>
      ) : (
        <code>{column}</code>
      )
    return { term, detail: <strong>{cellText(text, language)}</strong> }
  })
  return (
    <section class="stack">
      <h2>{t('tariff.line.rates', { code: formatHsCode(line.code) })}</h2>
      <Facts
        facts={[
          ...facts,
          ...(line.unit
            ? [{ term: t('tariff.line.unit'), detail: wordFor(language, 'unit', line.unit) }]
            : []),
          ...(line.flags.includes('remedy')
            ? [{ term: t('tariff.line.flags'), detail: t('tariff.line.remedy') }]
            : []),
        ]}
      />
    </section>
  )
}

/** A cell as it was published: a rate, or text that we do not read and therefore show. */
export function cellText(text: string, language: Language): string {
  if (text === '') return ''
  if (text.startsWith('?')) return `“${text.slice(1).trim()}”`
  const [rate = '', ...except] = text.split(' except ')
  const words = rateWords(rate, language)
  if (except.length === 0) return words
  const list = language.list((except[0] ?? '').split(' ').map(language.country))
  return `${words} (${language.t('tariff.line.except', { list })})`
}

function Neighbours({ reader: { language }, found, neighbours, mfnAt }: LinePageProps) {
  const { t } = language
  if (neighbours.length === 0) return null
  return (
    <Table
      caption={t('tariff.line.neighbours')}
      stack={false}
      language={language}
      columns={[{ label: t('tariff.ask.code') }, { label: t('tariff.charge.mfn'), numeric: true }]}
      rows={neighbours.slice(0, 200).map((line) => ({
        href: lineHref(found.territory, line.code, found.on),
        cells: [
          line.code === found.code ? (
            <strong>{formatHsCode(line.code)}</strong>
          ) : (
            formatHsCode(line.code)
          ),
          cellText(line.cells[mfnAt] ?? '', language),
        ],
      }))}
    />
  )
}
