/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Answer } from '../../tariff/index.ts'
import { Breakdown, Disclosure, type BreakdownLine, type Language } from '../../ui/index.ts'
import { basketOf } from '../door-basket.ts'
import type { DoorAsk, DoorPrice } from '../price-at-door.ts'
import { exchangeLines } from './exchange-line.ts'
import type { Offer, Variant } from '../offer.ts'

interface DoorBreakdownProps {
  offer: Offer
  variant: Variant
  ask: DoorAsk
  price: DoorPrice
  answer: Answer
  language: Language
}

type Charge = Answer['charges'][number]

/** What the price at the door is made of; each charge leads to the rule that it comes from. */
export function DoorBreakdown({
  offer,
  variant,
  ask,
  price,
  answer,
  language,
}: DoorBreakdownProps) {
  const { t } = language
  const { totals, currency } = answer
  const line = answer.lines[0]
  const charges = [
    ...(line?.charges ?? []).map((charge) => chargeLine(charge, answer, language, line?.code)),
    ...answer.charges.map((charge) => chargeLine(charge, answer, language)),
  ]
  return (
    <Disclosure summary={t('shops.product.breakdown')}>
      <Breakdown
        title={t('tariff.receipt.shares')}
        language={language}
        lines={[
          { label: t('shops.product.goods'), amount: totals.goods, currency },
          {
            label: t('shops.product.freight'),
            amount: totals.freight,
            currency,
            note: price.lane ? t(`shops.transport.${price.lane.transport}`) : undefined,
          },
          ...exchangeLines(price.exchange, currency, language),
          ...charges,
        ]}
        total={{
          ...(price.total ?? { amount: totals.landed ?? '0', currency }),
          label: answer.status === 'complete' ? t('tariff.receipt.allIn') : t('tariff.receipt.sum'),
        }}
      >
        <p class="small muted">{dueWords(answer, language)}</p>
      </Breakdown>
      <p>
        <a href={costHref(offer, variant, ask, price)}>{t('shops.product.everyStep')}</a>
      </p>
    </Disclosure>
  )
}

export function dueWords({ totals, currency }: Answer, language: Language): string {
  const due = totals.dueAtDoor
  if (due === null) return ''
  return /[1-9]/.test(due)
    ? language.t('tariff.receipt.atDoor', { amount: language.money(due, currency) })
    : language.t('tariff.receipt.nothingAtDoor')
}

function chargeLine(
  charge: Charge,
  { to, on, currency }: Answer,
  language: Language,
  code?: string,
): BreakdownLine {
  const { t } = language
  const isOrdinary = charge.rule === 'mfn'
  const label =
    language.locale === 'en' && !isOrdinary && charge.kind !== 'rounding'
      ? charge.name
      : t(isOrdinary ? 'tariff.charge.mfn' : `tariff.charge.${charge.kind}`)
  const href =
    isOrdinary && code !== undefined
      ? `/tariff/${to}/${code.replaceAll('.', '')}?on=${on}`
      : `/rules/${to}/${encodeURIComponent(charge.rule)}?on=${on}`
  const note = charge.struck ? t(`tariff.struck.${charge.struck}`) : (charge.rate ?? '')
  return {
    label,
    amount: charge.amount,
    currency,
    note,
    explanation: (
      <p>
        <a href={href}>{t('shops.product.rule')}</a>
        {charge.citation && (
          <>
            {' · '}
            <span lang={language.locale === 'en' ? undefined : 'en'}>
              {charge.citation.title}, {charge.citation.publisher}
            </span>
          </>
        )}
      </p>
    ),
  }
}

/** The same question at the page that explains every step, with all destinations to compare. */
export function costHref(
  offer: Offer,
  variant: Variant,
  ask: DoorAsk,
  { lane, destination }: DoorPrice,
): string {
  if (!lane) return '/cost'
  const basket = basketOf([{ offer, variant, quantity: ask.quantity }], ask, lane, () => undefined)
  const [line] = basket.lines
  if (!line || !basket.freight) return '/cost'
  const asked = {
    from: ask.from,
    on: ask.day,
    transport: lane.transport,
    incoterm: lane.dutyPaid ? 'DDP' : 'DAP',
    currency: offer.currency,
    freight: basket.freight.amount,
    'freight-currency': basket.freight.currency,
    'goods-1': line.description,
    'code-1': line.code,
    'origin-1': line.origin,
    'quantity-1': line.quantity,
    'price-1': line.unitPrice.amount,
    'mass-1': line.netMassKg,
    to: destination,
    see: destination,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value)
  for (const [key, value] of Object.entries(line.measures ?? {}))
    query.set(`measure-1-${key}`, value)
  for (const [key, value] of Object.entries(line.facts ?? {}))
    query.set(`fact-1-${key}`, value === true ? 'yes' : String(value))
  for (const proof of line.proofs ?? []) query.append('proof-1', proof)
  return `/cost?${query}#receipt`
}
