/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { Breadcrumb, type Language, Notice, type Reader, Table, Tag } from '../../ui/index.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import type { ScheduleLine } from '../rules/schedule.ts'
import { Source } from './charge-explained.tsx'
import { lineHref, ruleHref } from './figures.ts'
import { cellText } from './rate-words.ts'
import { datesText } from './rule-page.tsx'
import { InPlainWords, RuleText, Shell } from './shell.tsx'
import type { LineLookup } from './tariff-line.ts'
import { territoryName } from './territory-name.ts'
import type { PlainName } from './which-line.ts'
import { wordsFor } from './words.ts'

export type LinePageProps = {
  reader: Reader
  rules: TerritoryRules
  found: LineLookup
  neighbours: readonly ScheduleLine[]
  /** The column of the ordinary rate in `neighbours`. */
  mfnAt: number
  /** The plain name of a line's six digits, as far as we have words of the schedule's edition. */
  nameOf(code: string): PlainName | undefined
}

type NoSchedulePageProps = { reader: Reader; territory: string; code: string; on: string }

/** A chapter of which no schedule is held: said, with the way to what is known. */
export function NoSchedulePage({ reader, territory, code, on }: NoSchedulePageProps) {
  const { language } = reader
  const { t } = language
  const name = territoryName(territory, language)
  const title = t('tariff.line.title', { code: formatTariffCode(code), name })
  return (
    <Shell reader={reader} title={title} density="work">
      <div class="wrap band stack">
        <Breadcrumb
          language={language}
          crumbs={[
            { label: t('tariff.rules.title'), href: '/rules' },
            { label: name, href: `/rules/${territory}?on=${on}` },
          ]}
        />
        <h1>{title}</h1>
        <Notice tone="warn" title={t('tariff.line.noSchedule', { chapter: code.slice(0, 2) })}>
          <p>
            <a href={`/rules/${territory}?on=${on}#coverage`}>{t('tariff.leftOut.coverage')}</a>
          </p>
        </Notice>
      </div>
    </Shell>
  )
}

/** A code in a territory's schedule: its rates, whom they are for, and the lines around it. */
export function LinePage(props: LinePageProps) {
  const { reader, rules, found } = props
  const { language } = reader
  const { t } = language
  const name = territoryName(rules.territory, language)
  const code = formatTariffCode(found.code)
  const { schedule } = found
  return (
    <Shell reader={reader} title={`${code}, ${name}`} density="work">
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
            {!schedule.asLastSeen && <span>{datesText(schedule.dates, language)}</span>}
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
  const named = new Map(
    [...rules.taxes, ...rules.agreements].map(({ column, id, name }) => [column, { id, name }]),
  )
  return (
    <section class="stack">
      <Table
        caption={t('tariff.line.rates', { code: formatTariffCode(line.code) })}
        stack={false}
        language={language}
        columns={[{ label: t('tariff.territory.rule') }, { label: t('tariff.value.rate') }]}
        rows={Object.entries(line.cells).map(([column, text]) => ({
          cells: [
            <ColumnName
              column={column}
              rule={named.get(column)}
              found={found}
              language={language}
            />,
            <strong>{cellText(text, language)}</strong>,
          ],
        }))}
      />
      {line.unit && (
        <p>
          {t('tariff.line.unit')}: {wordsFor(language, 'unit', line.unit.split(' '))}
        </p>
      )}
      {line.flags.includes('remedy') && <p>{t('tariff.line.remedy')}</p>}
    </section>
  )
}

type ColumnNameProps = {
  column: string
  rule: { id: string; name: string } | undefined
  found: LineLookup
  language: Language
}

/** Whom the rates of a column are for: all members of the WTO, or those of an agreement. */
function ColumnName({ column, rule, found, language }: ColumnNameProps) {
  if (column === 'mfn') return <span>{language.t('tariff.line.mfn')}</span>
  if (!rule) return <code>{column}</code>
  return (
    <a href={ruleHref(found.territory, rule.id, found.on)}>
      <RuleText language={language}>{rule.name}</RuleText>
    </a>
  )
}

function Neighbours({ reader: { language }, found, neighbours, mfnAt, nameOf }: LinePageProps) {
  const { t } = language
  if (neighbours.length === 0) return null
  // Above them, the rates of one line have explained it already.
  const isOne = found.lines.length === 1
  const hasNames = neighbours.some(({ code }) => nameOf(code) !== undefined)
  return (
    <div class="stack tight">
      <p class="muted small">{t('tariff.which.words')}</p>
      <Table
        caption={t('tariff.line.neighbours')}
        stack={false}
        language={language}
        columns={[
          { label: t('tariff.ask.code') },
          ...(hasNames ? [{ label: t('tariff.ask.description') }] : []),
          { label: t(isOne ? 'tariff.charge.mfn' : 'tariff.line.mfn'), numeric: true },
        ]}
        rows={neighbours.slice(0, 200).map(({ code, cells }) => ({
          href: lineHref(found.territory, code, found.on),
          cells: [
            code === found.code ? (
              <strong>{formatTariffCode(code)}</strong>
            ) : (
              formatTariffCode(code)
            ),
            ...(hasNames ? [<InPlainWords named={nameOf(code)} language={language} />] : []),
            cellText(cells[mfnAt] ?? '', language),
          ],
        }))}
      />
    </div>
  )
}
