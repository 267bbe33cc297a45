/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Money, type Language } from '../../ui/index.ts'
import type { Answer, AnswerAlternative, AnswerNeed } from '../assess/answer.ts'
import { StatusTag } from './answers-table.tsx'
import { hrefOf, withLine, type Ask } from './ask.ts'
import { ruleHref } from './figures.ts'
import { Outside, RuleText } from './shell.tsx'
import { wordFor } from './words.ts'

type AlternativesProps = { ask: Ask; answer: Answer; language: Language }

/** The other lawful ways, with what each would need and what it would save. */
export function Alternatives(props: AlternativesProps) {
  const { answer, language } = props
  const { t } = language
  // A way that ends undecided and asks for nothing tells a reader nothing.
  const told = answer.alternatives.filter(
    ({ landed, needs }) => landed !== null || needs.length > 0,
  )
  if (told.length === 0) return null
  return (
    <div class="stack">
      <h3>{answer.totals.landed === null ? t('tariff.other.priceIf') : t('tariff.other.title')}</h3>
      {told.slice(0, mostShown).map((other) => (
        <Alternative {...props} other={other} />
      ))}
    </div>
  )
}

const mostShown = 6

function Alternative(props: AlternativesProps & { other: AnswerAlternative }) {
  const { answer, other, language } = props
  const { t } = language
  const money = (amount: string) => (
    <Money amount={amount} currency={answer.currency} language={language} />
  )
  return (
    <div class="card stack tight">
      <p>
        <a href={ruleHref(answer.to, other.route, answer.on)}>
          <RuleText language={language}>{other.name}</RuleText>
        </a>
      </p>
      <p class="cluster">
        {other.landed !== null && <strong>{money(other.landed)}</strong>}
        <StatusTag status={other.status} language={language} />
        {other.saves && (
          <span>
            {t('tariff.other.saves', { amount: language.money(other.saves, answer.currency) })}
          </span>
        )}
      </p>
      {other.needs.map((need) => (
        <Need {...props} need={need} />
      ))}
    </div>
  )
}

function Need({ ask, answer, need, language }: AlternativesProps & { need: AnswerNeed }) {
  const { t } = language
  const follow = (changed: Ask) => (
    <a href={hrefOf(changed, { more: { see: answer.to }, hash: 'receipt' })}>
      {t('tariff.other.have')}
    </a>
  )
  if ('scheme' in need)
    return (
      <p class="small">
        {t('tariff.other.needsScheme', { scheme: wordFor(language, 'scheme', need.scheme) })}{' '}
        {follow({ ...ask, schemes: [...new Set([...(ask.schemes ?? []), need.scheme])] })}
      </p>
    )
  if ('quota' in need)
    return (
      <p class="small">
        {t('tariff.other.needsQuota')} {follow(withProofs(ask, need.line, ['quota']))}
      </p>
    )
  const sets = need.proofs.map((set) => set.map((id) => wordFor(language, 'proof', id)).join(' + '))
  return (
    <p class="small">
      {t('tariff.other.needsProof', { proofs: sets.join(` ${t('tariff.other.or')} `) })}{' '}
      <RuleText language={language}>
        (<a href={ruleHref(answer.to, need.agreement, answer.on)}>{need.name}</a>)
      </RuleText>{' '}
      {need.rules && <Outside href={need.rules}>{t('tariff.other.originRules')}</Outside>}{' '}
      {follow(withProofs(ask, need.line, need.proofs[0] ?? []))}
    </p>
  )
}

const withProofs = (ask: Ask, line: string, proofs: readonly string[]): Ask =>
  withLine(ask, line, (held) => ({ proofs: [...new Set([...held.proofs, ...proofs])] }))
