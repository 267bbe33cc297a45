/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import { Breadcrumb, Facts, type Language, type Reader, Tag } from '../../ui/index.ts'
import type { Dated } from '../rules/versions.ts'
import { Source } from './charge-explained.tsx'
import { ruleValues } from './describe-rule.ts'
import type { FoundRule } from './find-rule.ts'
import { RuleText, Shell } from './shell.tsx'
import { territoryName } from './territory-name.ts'

type RulePageProps = { reader: Reader; territory: string; id: string; on: Day; rule: FoundRule }

/** One rule with all its versions: what it says, when it holds, and who says so. */
export function RulePage({ reader, territory, id, on, rule }: RulePageProps) {
  const { language } = reader
  const { t } = language
  const country = territoryName(territory, language)
  return (
    <Shell reader={reader} title={`${rule.name}, ${country}`} density="work">
      <div class="wrap band stack">
        <Breadcrumb
          language={language}
          crumbs={[
            { label: t('tariff.rules.title'), href: '/rules' },
            { label: country, href: `/rules/${territory}?on=${on}` },
          ]}
        />
        <h1>
          <RuleText language={language}>{rule.name}</RuleText>
        </h1>
        <p class="muted">
          {t(`tariff.list.${rule.list}`)} · <code>{id}</code>
        </p>
        {!rule.versions.some(({ holds }) => holds) && (
          <p>
            <strong>{t('tariff.rule.absent', { date: language.date(on) })}</strong>
          </p>
        )}
        {rule.versions.map((version) => (
          <Version version={version} on={on} language={language} />
        ))}
      </div>
    </Shell>
  )
}

type VersionProps = { version: FoundRule['versions'][number]; on: Day; language: Language }

function Version({ version: { record, holds, sighting }, on, language }: VersionProps) {
  const { t } = language
  return (
    <section class="card stack">
      <div class="cluster">
        <h2>{datesText(record, language)}</h2>
        {holds && (
          <Tag tone={sighting ? 'warn' : 'ok'}>
            {sighting
              ? t('tariff.rule.holdsAsSeen', {
                  date: language.date(on),
                  seen: language.date(sighting.seen),
                })
              : t('tariff.rule.holds', { date: language.date(on) })}
          </Tag>
        )}
      </div>
      <Facts facts={ruleValues(record, language)} />
      {record.note && (
        <p>
          <RuleText language={language}>{record.note}</RuleText>
        </p>
      )}
      {record.citation && <Source citation={record.citation} language={language} />}
    </section>
  )
}

/** The days of a record: the law's own, or those on which a publication showed it. */
export function datesText({ from, to, seen }: Dated, language: Language): string {
  const { t } = language
  if (seen) return t('tariff.dates.seen', { list: language.list(seen.map(language.date)) })
  if (from && to)
    return t('tariff.dates.between', { from: language.date(from), to: language.date(to) })
  if (from) return t('tariff.dates.from', { from: language.date(from) })
  return to ? t('tariff.dates.to', { to: language.date(to) }) : ''
}
