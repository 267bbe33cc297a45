/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { currencyOf } from '../../ledger/index.ts'
import { Money, Table, Tag, type Language } from '../../ui/index.ts'
import type { QuoteBody } from '../quotes/quote.ts'
import { legWord, moneyText } from '../words.ts'
import type { LegState } from './find-legs.ts'

/** Each part of the money: what it is for, how much it is, and where it is now. */
export function LegsTable({
  legs,
  quote,
  language,
}: {
  legs: readonly LegState[]
  quote: QuoteBody
  language: Language
}) {
  const { t } = language
  const [first] = legs
  if (!first) return null
  const sum = legs.reduce((total, { amount }) => total + amount, 0n)
  const inEscrow = legs.reduce((total, { left }) => total + left, 0n)
  const money = (minor: bigint) => (
    <Money
      {...{ language, currency: first.currency }}
      amount={formatMinor(minor, first.currency)}
    />
  )
  return (
    <Table
      language={language}
      caption={t('orders.legs.title')}
      columns={[
        { label: t('orders.legs.what') },
        { label: t('orders.legs.amount'), numeric: true },
        { label: t('orders.legs.where') },
      ]}
      rows={legs.map((leg) => ({
        cells: [
          legWord(language, leg.leg),
          money(leg.amount),
          <Places leg={leg} quote={quote} language={language} />,
        ],
      }))}
      foot={[
        t('ui.total'),
        money(sum),
        inEscrow > 0n
          ? t('orders.legs.stillIn', { amount: moneyText(language, inEscrow, first.currency) })
          : t('orders.legs.allGiven'),
      ]}
    />
  )
}

/** One tag for each place where some of it is. */
function Places({ leg, quote, language }: { leg: LegState; quote: QuoteBody; language: Language }) {
  const { t } = language
  const { currency, left, given, back, beneficiary, got, amount } = leg
  const text = (minor: bigint): string =>
    minor === amount ? '' : ` ${moneyText(language, minor, currency)}`
  const own = currencyOf(beneficiary)
  return (
    <span class="cluster">
      {left > 0n && (
        <Tag tone="info">
          {t('orders.legs.inEscrow')}
          {text(left)}
        </Tag>
      )}
      {given > 0n && (
        <Tag tone="ok">
          {t('orders.legs.givenTo', { whom: whomOf(leg, quote, language) })}
          {own === currency ? text(given) : ` ${moneyText(language, got, own)}`}
        </Tag>
      )}
      {back > 0n && (
        <Tag tone="warn">
          {t('orders.legs.back')}
          {text(back)}
        </Tag>
      )}
    </span>
  )
}

/** Whom a leg is meant for, by name. */
function whomOf({ leg }: LegState, { seller, lane, destination }: QuoteBody, language: Language) {
  if (leg === 'goods') return seller.name
  if (leg === 'freight' || leg === 'insurance') return lane.carrierName
  return language.t('orders.legs.customsOf', { country: language.country(destination) })
}
