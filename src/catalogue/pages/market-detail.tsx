/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import {
  Breakdown,
  Button,
  Radios,
  TextField,
  type BreakdownLine,
  type Language,
} from '../../ui/index.ts'
import type { HighestPrice } from '../highest-price.ts'
import type { Offer } from '../offer.ts'
import type { DoorPrice } from '../price-at-door.ts'
import type { DestinationState } from '../readiness.ts'
import { exchangeLines } from '../shops/exchange-line.ts'
import { NeedList } from './offer-state.tsx'
import { offerHref } from './shell.tsx'
import { tariffName } from './words.ts'

type MarketDetailProps = {
  state: DestinationState
  offer: Offer
  language: Language
  highest?: HighestPrice | Refused | undefined
  wanted?: string | undefined
}

/** One destination laid open: the receipt with the rule behind each charge, the papers, and what would open it. */
export function MarketDetail({ state, offer, language, highest, wanted }: MarketDetailProps) {
  const { t } = language
  const { destination, price, needs } = state
  const { answer, lane, total } = price
  const country = language.country(destination)
  const papers = papersOf(price, language)
  const line = needs.find(({ code }) => code === 'national-line')
  return (
    <section class="stack" id="see" aria-label={country} tabindex={-1}>
      <h2>{country}</h2>
      {needs.length > 0 && !line && <NeedList needs={needs} offer={offer} language={language} />}
      {line && (
        <ChooseLine
          options={line.facts['options']}
          destination={destination}
          offer={offer}
          language={language}
        />
      )}
      {answer && total && (
        <Breakdown
          title={t('catalogue.markets.receipt')}
          language={language}
          lines={receiptLines(price, language)}
          total={{ ...total, label: t('catalogue.markets.door') }}
        >
          {price.status === 'complete-except' && (
            <p class="small">{t('catalogue.markets.notAllIn')}</p>
          )}
          {lane && (
            <p class="small">
              {t('catalogue.markets.carrier', {
                carrier: lane.carrier,
                way: lane.service,
                freight: language.money(
                  formatMinor(lane.amountMinor, lane.currency),
                  lane.currency,
                ),
                source: lane.source.title,
              })}
            </p>
          )}
          {papers.length > 0 && (
            <p class="small">
              {t('catalogue.markets.papersAre', { papers: language.list(papers) })}
            </p>
          )}
          <p class="small">{t('catalogue.markets.keeps')}</p>
        </Breakdown>
      )}
      {answer && total && state.state === 'ready' && price.status !== 'no-border' && (
        <WantedPrice {...{ state, offer, language, highest, wanted }} />
      )}
      <Savings price={price} offer={offer} language={language} />
      {!total && price.reasons.length > 0 && (
        <ul class="list small muted">
          {price.reasons.slice(0, 5).map((reason) => (
            <li lang="en">{reason}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The way back: from what a buyer there would pay to what the seller can ask. */
function WantedPrice({ state, offer, language, highest, wanted = '' }: MarketDetailProps) {
  const { t } = language
  const { destination, price } = state
  const currency = price.total?.currency ?? ''
  const isWrong = highest !== undefined && isRefused(highest)
  return (
    <form method="get" action={`${offerHref(offer)}/markets#see`} class="stack tight">
      <input type="hidden" name="see" value={destination} />
      <TextField
        name="wanted"
        label={t('catalogue.markets.wanted')}
        hint={t('catalogue.markets.wantedHint')}
        inputmode="decimal"
        width="s"
        prefix={currency}
        value={wanted}
        error={isWrong ? t('catalogue.markets.wantedWrong') : undefined}
      />
      <div>
        <Button kind="secondary">{t('catalogue.markets.wantedAsk')}</Button>
      </div>
      {highest !== undefined && !isRefused(highest) && (
        <p role="status">
          {highest.ask
            ? t('catalogue.markets.highest', {
                wanted: language.money(highest.wanted, currency),
                price: language.money(highest.ask.amount, highest.ask.currency),
              })
            : t('catalogue.markets.noHighest', {
                wanted: language.money(highest.wanted, currency),
              })}
        </p>
      )}
    </form>
  )
}

type SavingsProps = { price: DoorPrice; offer: Offer; language: Language }

/** What a proof of origin would save here, for a seller who holds it to say so. */
function Savings({ price: { answer, destination }, offer, language }: SavingsProps) {
  const { t } = language
  const savings = (answer?.alternatives ?? []).flatMap(({ saves, needs }) => {
    const [need, ...others] = needs
    return saves && need && 'proofs' in need && others.length === 0 ? [{ saves, need }] : []
  })
  if (!answer || savings.length === 0) return null
  return (
    <ul class="list">
      {savings.map(({ saves, need }) => (
        <li class="stack tight">
          <p>
            {t('catalogue.markets.saves', { amount: language.money(saves, answer.currency) })}{' '}
            <span lang="en">{need.name}</span>
          </p>
          {need.proofs.map((proofs) => (
            <form method="post" action={`${offerHref(offer)}/proofs`}>
              <input type="hidden" name="see" value={destination} />
              {proofs.map((proof) => (
                <input type="hidden" name="proof" value={proof} />
              ))}
              <Button kind="secondary">
                {t('catalogue.markets.iHold', {
                  proof: language.list(proofs.map((proof) => tariffName(t, 'proof', proof))),
                })}
              </Button>
            </form>
          ))}
        </li>
      ))}
    </ul>
  )
}

function receiptLines({ answer, exchange }: DoorPrice, language: Language): BreakdownLine[] {
  if (!answer) return []
  const { t } = language
  const { totals, currency, to, on } = answer
  const charges = [...answer.lines.flatMap((line) => line.charges), ...answer.charges]
  return [
    { label: t('catalogue.markets.goods'), amount: totals.goods, currency },
    { label: t('catalogue.markets.freight'), amount: totals.freight, currency },
    ...exchangeLines(exchange, currency, language),
    ...charges
      .filter(({ struck }) => struck === undefined || struck === 'none')
      .map((charge) => ({
        label: t(
          `catalogue.charge.${chargeKinds.has(charge.kind) ? (charge.kind as 'duty') : 'fee'}`,
        ),
        note: (
          <a href={`/rules/${to}/${encodeURIComponent(charge.rule)}?on=${on}`}>
            <span lang="en">{charge.name}</span> {charge.rate}
          </a>
        ),
        amount: charge.amount,
        currency,
      })),
  ]
}

const chargeKinds: ReadonlySet<string> = new Set([
  'duty',
  'remedy',
  'excise',
  'tax',
  'fee',
  'rounding',
])

type ChooseLineProps = { options: unknown; destination: string; offer: Offer; language: Language }

/** The territory's own lines that the six digits stand for; choosing one is enough. */
function ChooseLine({ options, destination, offer, language }: ChooseLineProps) {
  const { t } = language
  const lines = Array.isArray(options) ? (options as { code: string; mfn: string }[]) : []
  if (lines.length === 0) return null
  return (
    <form method="post" action={`${offerHref(offer)}/national-code`} class="stack">
      <input type="hidden" name="territory" value={destination} />
      <Radios
        name="code"
        label={t('catalogue.markets.whichLine', { country: language.country(destination) })}
        hint={
          <a href={`/tariff/${destination}/${offer.subheading ?? ''}`}>
            {t('catalogue.markets.seeLines')}
          </a>
        }
        options={lines.slice(0, 40).map(({ code, mfn }) => ({
          value: code,
          label: formatTariffCode(code),
          hint: mfn,
        }))}
      />
      <Button>{t('catalogue.markets.takeLine')}</Button>
    </form>
  )
}

/** What has to go along: papers of the way of importing, licences and certificates of the goods, proofs of origin. */
export function papersOf({ answer }: DoorPrice, { t }: Language): string[] {
  const findings = answer?.findings ?? []
  return [
    ...new Set(
      findings.flatMap(({ code, name, proofs }) => {
        if (code === 'paper') return [tariffName(t, 'paper', name)]
        if (code === 'licence' || code === 'certificate') return [name]
        return code === 'preference' && Array.isArray(proofs)
          ? [t('catalogue.markets.proofOfOrigin')]
          : []
      }),
    ),
  ]
}
