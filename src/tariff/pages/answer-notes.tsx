/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Facts, Notice, type Fact, type Language } from '../../ui/index.ts'
import type { Answer, AnswerFinding } from '../assess/answer.ts'
import type { Ask } from './ask.ts'
import { exactNumber, ruleHref } from './figures.ts'
import { Outside, RuleText } from './shell.tsx'
import { kindWord, wordFor } from './words.ts'

type NotesProps = { ask: Ask; answer: Answer; language: Language }

/** What a price leaves out, in so many words; nothing is called all-in that is not. */
export function LeftOut({ answer, language }: NotesProps) {
  const { t } = language
  if (answer.notCovered.length === 0) return null
  const kinds = language.list(answer.notCovered.map((kind) => kindWord(language, kind)))
  return (
    <Notice tone="warn" title={t('tariff.leftOut.title')}>
      <p>{t('tariff.leftOut.text', { kinds })}</p>
      <p>
        <a href={`/rules/${answer.to}?on=${answer.on}#coverage`}>{t('tariff.leftOut.coverage')}</a>
      </p>
    </Notice>
  )
}

const restrictions = ['prohibited', 'licence', 'certificate', 'notice'] as const

/** What may keep the goods out altogether stands above all figures. */
export function Restrictions({ answer, language }: NotesProps) {
  return (
    <>
      {restrictions.map((code) => {
        const found = answer.findings.filter((finding) => finding.code === code)
        if (found.length === 0) return null
        return (
          <Notice
            tone={code === 'prohibited' ? 'bad' : 'warn'}
            title={language.t(`tariff.restriction.${code}`)}
          >
            <ul class="list">
              {found.map((finding) => (
                <li>
                  <NamedRule finding={finding} answer={answer} language={language} />
                </li>
              ))}
            </ul>
          </Notice>
        )
      })}
    </>
  )
}

/** Route, exchange rate, papers, who remits, what was presumed. */
export function Findings({ ask, answer, language }: NotesProps) {
  const { t } = language
  const of = (code: string) => answer.findings.filter((finding) => finding.code === code)
  const papers = of('paper').map(({ name }) => wordFor(language, 'paper', name))
  const remits = of('remits').flatMap(({ name }) =>
    name.split(', ').map((who) => wordFor(language, 'remits', who)),
  )
  const facts: Fact[] = [
    ...(answer.route
      ? [
          {
            term: t('tariff.finding.route'),
            detail: <RouteName answer={answer} language={language} />,
          },
        ]
      : []),
    ...of('preference').map((finding) => ({
      term: t('tariff.finding.preference'),
      detail: <NamedRule finding={finding} answer={answer} language={language} />,
    })),
    ...of('exchange-rate').map((finding) => ({
      term: t('tariff.finding.exchange'),
      detail: <ExchangeRate finding={finding} language={language} />,
    })),
    ...(papers.length > 0
      ? [{ term: t('tariff.finding.papers'), detail: language.list(papers) }]
      : []),
    ...(remits.length > 0
      ? [{ term: t('tariff.finding.remits'), detail: language.list(remits) }]
      : []),
    ...of('assumed-registration').map(({ name }) => ({
      term: t('tariff.finding.assumed'),
      detail: t('tariff.finding.assumedText', { scheme: wordFor(language, 'scheme', name) }),
    })),
    { term: t('tariff.ask.incoterm'), detail: t(`tariff.incoterm.${ask.incoterm as 'DDP'}`) },
  ]
  return <Facts facts={facts} />
}

function RouteName({ answer, language }: Omit<NotesProps, 'ask'>) {
  return (
    <a href={ruleHref(answer.to, answer.route ?? '', answer.on)}>
      <RuleText language={language}>{answer.routeName}</RuleText>
    </a>
  )
}

type FindingProps = { finding: AnswerFinding; answer: Answer; language: Language }

function NamedRule({ finding, answer, language }: FindingProps) {
  return (
    <a href={ruleHref(answer.to, String(finding['rule']), answer.on)}>
      <RuleText language={language}>{finding.name}</RuleText>
    </a>
  )
}

function ExchangeRate({ finding, language }: Omit<FindingProps, 'answer'>) {
  const { t } = language
  const { citation } = finding
  const [from = '', to = ''] = finding.name.split('/')
  const seen = finding['asLastSeen'] as { ageDays: number } | undefined
  return (
    <>
      {t('tariff.finding.rate', {
        from,
        to,
        rate: exactNumber(String(finding['rate']), language),
        date: language.date(String(finding['date'])),
        source: wordFor(language, 'rateSource', String(finding['source'])),
      })}
      {seen && ` ${t('tariff.finding.rateOld', { days: seen.ageDays })}`}
      {finding['exact'] === false && ` ${t('tariff.finding.rateStandsIn')}`}
      {citation && (
        <>
          {' '}
          <RuleText language={language}>
            <Outside href={citation.url}>{citation.title}</Outside>
          </RuleText>
        </>
      )}
    </>
  )
}
