/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import {
  Breadcrumb,
  Disclosure,
  Facts,
  type Language,
  type Reader,
  Table,
  Tag,
} from '../../ui/index.ts'
import type { TerritoryRules } from '../rules/read-rules.ts'
import { heldKinds } from '../coverage.ts'
import { lineClauses } from './describe-condition.ts'
import { ruleHref } from './figures.ts'
import { recordsOf, ruleLists, type RuleList, type RuleRecord } from './find-rule.ts'
import { datesText } from './rule-page.tsx'
import { Outside, RuleText, Shell } from './shell.tsx'
import { territoryName } from './territory-name.ts'
import { kindWord } from './words.ts'

type TerritoryPageProps = { reader: Reader; rules: TerritoryRules; on: Day }

/** What is known of a territory's law, and for which days. */
export function TerritoryPage({ reader, rules, on }: TerritoryPageProps) {
  const { language } = reader
  const { t } = language
  const name = territoryName(rules.territory, language)
  return (
    <Shell reader={reader} title={t('tariff.territory.title', { name })} density="work">
      <div class="wrap band stack loose">
        <div class="stack">
          <Breadcrumb
            language={language}
            crumbs={[{ label: t('tariff.rules.title'), href: '/rules' }]}
          />
          <h1>{t('tariff.territory.title', { name })}</h1>
          <Basics rules={rules} language={language} />
        </div>
        <Coverage rules={rules} on={on} language={language} />
        <div>
          {ruleLists
            .filter((list) => list !== 'covers' && list !== 'reduced')
            .map((list) => (
              <RuleTable rules={rules} list={list} on={on} language={language} />
            ))}
        </div>
      </div>
    </Shell>
  )
}

type PartProps = { rules: TerritoryRules; language: Language }

function Basics({ rules, language }: PartProps) {
  const { t } = language
  const unions = rules.chain.filter((code) => code !== rules.territory)
  return (
    <Facts
      facts={[
        {
          term: t('tariff.territory.currency'),
          detail: language.list([...new Set(rules.currency.map(({ currency }) => currency))]),
        },
        ...unions.map((code) => ({
          term: t('tariff.territory.union'),
          detail: <a href={`/rules/${code}`}>{territoryName(code, language)}</a>,
        })),
        ...rules.schedules.map((schedule) => ({
          term: t('tariff.territory.schedule'),
          detail: (
            <>
              HS {schedule.hs}
              {schedule.chapters &&
                `, ${t('tariff.territory.chapters', { chapters: schedule.chapters })}`}
              , {datesText(schedule, language)}.{' '}
              <RuleText language={language}>
                <Outside href={schedule.citation.url}>{schedule.citation.title}</Outside>
              </RuleText>
            </>
          ),
        })),
      ]}
    />
  )
}

/** Kind by kind; a kind of which nothing is known is listed too. */
function Coverage({ rules, on, language }: PartProps & { on: Day }) {
  const { t } = language
  const covers = recordsOf(rules, 'covers')
  return (
    <section id="coverage">
      <h2>{t('tariff.territory.coverage')}</h2>
      <Facts
        facts={heldKinds(rules).map((kind) => {
          const known = covers.filter((cover) => cover.kind === kind)
          return {
            term: kindWord(language, kind),
            detail:
              known.length === 0 ? (
                <Tag>{t('tariff.territory.notCovered')}</Tag>
              ) : (
                <ul class="plain">
                  {known.map((cover) => (
                    <Cover cover={cover} territory={rules.territory} on={on} language={language} />
                  ))}
                </ul>
              ),
          }
        })}
      />
    </section>
  )
}

type CoverProps = { cover: RuleRecord; territory: string; on: Day; language: Language }

/** For which goods a kind is known, and for which days. */
function Cover({ cover, territory, on, language }: CoverProps) {
  const { t } = language
  const parts = [
    cover.chapters && t('tariff.territory.chapters', { chapters: cover.chapters }),
    ...lineClauses(cover.lines, language),
  ].filter(Boolean)
  return (
    <li>
      <a href={ruleHref(territory, cover.id, on)}>
        {parts.join('; ') || t('tariff.territory.all')}
      </a>
      <span class="muted">, {datesText(cover, language)}</span>
    </li>
  )
}

type RuleTableProps = PartProps & { list: RuleList; on: Day }

/** The rules of one list by name, each with the days of its versions. */
function RuleTable({ rules, list, on, language }: RuleTableProps) {
  const { t } = language
  const byId = new Map<string, ReturnType<typeof recordsOf>>()
  for (const record of recordsOf(rules, list))
    byId.set(record.id, [...(byId.get(record.id) ?? []), record])
  if (byId.size === 0) return null
  return (
    <Disclosure summary={`${t(`tariff.lists.${list}`)} (${byId.size})`} open={byId.size <= 8}>
      <Table
        caption={t(`tariff.lists.${list}`)}
        hideCaption
        stack={false}
        language={language}
        columns={[{ label: t('tariff.territory.rule') }, { label: t('tariff.territory.days') }]}
        rows={[...byId].map(([id, versions]) => ({
          cells: [
            <a href={ruleHref(rules.territory, id, on)}>
              <RuleText language={language}>{versions[0]?.name ?? id}</RuleText>
            </a>,
            versions.map((version) => datesText(version, language)).join('; '),
          ],
        }))}
      />
    </Disclosure>
  )
}
