/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Language } from '../../ui/index.ts'
import type { AnswerCharge, AnswerLine } from '../assess/answer.ts'
import type { Citation } from '../rules/records.ts'
import { exactMoney, exactNumber, lineHref, ruleHref } from './figures.ts'
import { rateWords } from './rate-words.ts'
import type { ReceiptProps } from './receipt.tsx'
import { Outside, RuleText } from './shell.tsx'
import { wordFor } from './words.ts'

type ChargeProps = ReceiptProps & { charge: AnswerCharge; line: AnswerLine | undefined }

/** Why a charge is what it is: the sum by hand, the rule, its source and how fresh it is. */
export function ChargeExplained(props: ChargeProps) {
  const { charge, answer, line, language } = props
  const { t } = language
  const { asLastSeen, citation, note } = charge
  return (
    <>
      <p>{sentence(props)}</p>
      {charge.rule === 'mfn' && <p>{t('tariff.explain.mfn')}</p>}
      {line && (charge.kind === 'duty' || charge.kind === 'remedy') && !charge.struck && (
        <p>{customsValue(line, answer.currency, language)}</p>
      )}
      <p>
        {t('tariff.explain.rule')} <RuleLinks {...props} />
      </p>
      {asLastSeen && (
        <p>
          <strong>
            {t('tariff.explain.lastSeen', {
              date: language.date(asLastSeen.seen),
              days: Math.abs(asLastSeen.ageDays),
              when: asLastSeen.ageDays < 0 ? 'later' : 'earlier',
            })}
          </strong>
        </p>
      )}
      {citation && <Source citation={citation} language={language} />}
      {note && (
        <p>
          <RuleText language={language}>{note}</RuleText>
        </p>
      )}
    </>
  )
}

/** Title, publisher and the day it was read; the title leads to it. */
export function Source({ citation, language }: { citation: Citation; language: Language }) {
  const { t } = language
  const { title, publisher, url, read, note } = citation
  return (
    <p>
      {t('tariff.explain.source')}{' '}
      <RuleText language={language}>
        <Outside href={url}>{title}</Outside>, {publisher}.
      </RuleText>{' '}
      {t('tariff.explain.read', { date: language.date(read) })}
      {note && (
        <>
          {' '}
          <RuleText language={language}>{note}</RuleText>
        </>
      )}
    </p>
  )
}

function sentence({ charge, answer, language }: ChargeProps): string {
  const { t } = language
  const { currency } = answer
  if (charge.struck) return t(`tariff.explain.${charge.struck}`)
  if (charge.kind === 'rounding') return t('tariff.explain.rounding')
  const rate = rateWords(charge.rate ?? '0', language)
  const exact = exactMoney(charge.exact, currency, language)
  const amount = language.money(charge.amount, currency)
  const share = charge.share ? `${t('tariff.explain.share', { share: charge.share })} ` : ''
  const worked = charge.rate?.includes('%')
    ? t('tariff.explain.ofBasis', { rate, basis: language.money(charge.basis, currency), exact })
    : t('tariff.explain.byRate', { rate, exact })
  if (!charge.rounding || charge.exact === charge.amount) return `${share}${worked}`
  const { mode, unit } = charge.rounding
  const rounded = t('tariff.explain.rounded', {
    mode: wordFor(language, 'mode', mode),
    unit: exactNumber(unit, language),
    amount,
  })
  return `${share}${worked} ${rounded}`
}

function customsValue(line: AnswerLine, currency: string, language: Language): string {
  const money = (amount: string) => language.money(amount, currency)
  return language.t('tariff.explain.customsValue', {
    value: money(line.customsValue),
    price: money(line.price),
    freight: money(line.freight),
    insurance: money(line.insurance),
  })
}

/** The rule; for a duty of the tariff also the line that carries its rate. */
function RuleLinks({ charge, answer, line, language }: ChargeProps) {
  const { to, on } = answer
  const isOfLine = line && charge.kind === 'duty' && !charge.struck
  const code = line && (
    <a href={lineHref(to, line.code, on)}>
      {language.t('tariff.explain.line', { code: line.code })}
    </a>
  )
  if (charge.rule === 'mfn' && line) return code ?? null
  return (
    <>
      <a href={ruleHref(to, charge.rule, on)}>
        <RuleText language={language}>{charge.name}</RuleText>
      </a>
      {isOfLine && charge.rate && <>, {code}</>}
    </>
  )
}
