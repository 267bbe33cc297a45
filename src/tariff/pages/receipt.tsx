/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breakdown,
  ShareBar,
  type BreakdownLine,
  type Language,
  type ShareTone,
} from '../../ui/index.ts'
import type { Answer, AnswerCharge, AnswerLine } from '../assess/answer.ts'
import type { Ask } from './ask.ts'
import { ChargeExplained } from './charge-explained.tsx'
import { isNil } from './figures.ts'
import { rateWords } from './rate-words.ts'
import { wordFor } from './words.ts'

/** Kind, such as `vat`, and name of each tax by its id. */
export type TaxNames = ReadonlyMap<string, { kind: string; name: string }>

export type ReceiptProps = {
  ask: Ask
  answer: Answer
  taxes: TaxNames
  language: Language
}

/** The price at the door of one destination, part by part; each charge opens to where it comes from. */
export function Receipt(props: ReceiptProps) {
  const { answer, language } = props
  const { t } = language
  const { totals, currency } = answer
  return (
    <Breakdown
      title={t('tariff.receipt.shares')}
      language={language}
      lines={[
        ...goodsLines(props),
        ...sums(props),
        ...answer.lines.flatMap((line) => chargeLines(line.charges, props, line)),
        ...chargeLines(answer.charges, props),
      ]}
      total={{
        amount: totals.landed ?? '0',
        currency,
        label: answer.status === 'complete' ? t('tariff.receipt.allIn') : t('tariff.receipt.sum'),
      }}
    >
      <WhoPaysWhen answer={answer} language={language} />
    </Breakdown>
  )
}

function goodsLines({ ask, answer, language }: ReceiptProps): BreakdownLine[] {
  return answer.lines.map((line) => {
    const asked = ask.lines[Number(line.id) - 1]
    const price = language.money(asked?.price ?? '0', ask.currency)
    return {
      label: nameOf(line, language),
      amount: line.price,
      currency: answer.currency,
      note: `${language.number(asked?.quantity ?? '1')} × ${price}`,
    }
  })
}

/** What a line of goods is called: as the reader did, else by its number. */
export const nameOf = ({ id, description }: AnswerLine, { t }: Language): string =>
  description || t('tariff.ask.goodsNumber', { n: id })

function sums({ answer, language: { t } }: ReceiptProps): BreakdownLine[] {
  const { totals, currency } = answer
  const freight = { label: t('tariff.total.freightOnly'), amount: totals.freight, currency }
  const insurance = { label: t('tariff.total.insurance'), amount: totals.insurance, currency }
  return isNil(totals.insurance) ? [freight] : [freight, insurance]
}

function chargeLines(
  charges: readonly AnswerCharge[],
  props: ReceiptProps,
  line?: AnswerLine,
): BreakdownLine[] {
  const { answer, language } = props
  const isOneOfMany = line !== undefined && answer.lines.length > 1
  return withoutRepeats(charges).map((charge) => {
    const notes = [
      isOneOfMany && nameOf(line, language),
      chargeNote(charge, answer.currency, language),
    ]
    return {
      label: chargeName(charge, props),
      amount: charge.amount,
      currency: answer.currency,
      note: notes.filter(Boolean).join(' · '),
      explanation: <ChargeExplained {...props} charge={charge} line={line} />,
    }
  })
}

/** Two taxes struck by one rule would read as the same line twice. */
const withoutRepeats = (charges: readonly AnswerCharge[]): AnswerCharge[] =>
  charges.filter(
    (charge, at) =>
      !charge.struck ||
      charges.findIndex(
        ({ kind, rule, struck }) => struck && kind === charge.kind && rule === charge.rule,
      ) === at,
  )

/** In English the rule's own name; else the kind of charge, since rules are named in English. */
export function chargeName(charge: AnswerCharge, { taxes, language }: ReceiptProps): string {
  const { t } = language
  if (charge.rule === 'mfn') return t('tariff.charge.mfn')
  if (charge.kind === 'rounding') return t('tariff.charge.rounding')
  if (charge.struck || charge.kind === 'duty') return t(`tariff.charge.${charge.kind}`)
  if (language.locale === 'en') return charge.name
  const tax = taxes.get(charge.of ?? charge.rule)
  return tax ? wordFor(language, 'taxKind', tax.kind) : t(`tariff.charge.${charge.kind}`)
}

function chargeNote(charge: AnswerCharge, currency: string, language: Language): string {
  const { t } = language
  if (charge.struck) return t(`tariff.struck.${charge.struck}`)
  if (charge.rate === undefined) return ''
  const rate = rateWords(charge.rate, language)
  const basis = language.money(charge.basis, currency)
  return charge.rate.includes('%') ? t('tariff.charge.rateOf', { rate, basis }) : rate
}

function WhoPaysWhen({ answer, language }: { answer: Answer; language: Language }) {
  const { t } = language
  const { collectedAtSale, dueAtDoor } = answer.totals
  const money = (amount: string) => language.money(amount, answer.currency)
  return (
    <p class="small muted">
      {!isNil(collectedAtSale) &&
        `${t('tariff.receipt.atSale', { amount: money(collectedAtSale) })} `}
      {dueAtDoor !== null &&
        (isNil(dueAtDoor)
          ? t('tariff.receipt.nothingAtDoor')
          : t('tariff.receipt.atDoor', { amount: money(dueAtDoor) }))}
    </p>
  )
}

/** The same figures as one bar, for the eye. */
export function PriceShares({ answer, language }: { answer: Answer; language: Language }) {
  const { t } = language
  const { totals, currency } = answer
  const parts: readonly [label: string, amount: string, tone: ShareTone][] = [
    [t('tariff.total.goods'), totals.goods, 1],
    [t('tariff.total.freightOnly'), totals.freight, 2],
    [t('tariff.total.insurance'), totals.insurance, 5],
    [t('tariff.total.duty'), totals.duty, 3],
    [t('tariff.total.tax'), totals.tax, 4],
    [t('tariff.total.fees'), totals.fees, 6],
  ]
  return (
    <ShareBar
      id="shares"
      label={t('tariff.receipt.bar')}
      shares={parts
        .filter(([, amount]) => !isNil(amount))
        .map(([label, amount, tone]) => ({
          label,
          amount,
          tone,
          value: language.money(amount, currency),
        }))}
    />
  )
}
