/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Day } from '../../basis/day.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused } from '../../basis/refusal.ts'
import {
  Button,
  type Choice,
  EmptyState,
  ErrorSummary,
  type Language,
  type MessageKey,
  Money,
  Notice,
  PageFragment,
  Pagination,
  type Reader,
  Region,
  SelectField,
  Table,
  Tag,
} from '../../ui/index.ts'
import type { Lane, LaneSource } from '../lane.ts'
import { priceLane } from '../price-lane.ts'
import { daysText, kilograms } from '../words.ts'
import { Shell } from './shell.tsx'

type LanesPageProps = {
  reader: Reader
  day: Day
  asked: { from: string; to: string }
  /** Names of fields with something in them that is no country. */
  wrong: readonly string[]
  countries: { from: readonly string[]; to: readonly string[] }
  lanes: readonly Lane[]
  /** Where the next page begins. */
  after: string | undefined
}

/** The masses whose prices are shown, in grams. */
const shownMasses = [500, 2_000, 10_000]

export function LanesPage(props: LanesPageProps) {
  const { reader, wrong, lanes, countries } = props
  const { t } = reader.language
  const errors = wrong.map((field) => ({ field, message: t('logistics.lanes.notACountry') }))
  return (
    <Shell
      reader={reader}
      title={t('logistics.lanes.title')}
      description={t('logistics.lanes.lead')}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={reader.language} />
      <div class="stack">
        <h1>{t('logistics.lanes.title')}</h1>
        <p class="lead">{t('logistics.lanes.lead')}</p>
      </div>
      {countries.from.length === 0 ? (
        <EmptyState title={t('logistics.lanes.none')}>
          <p>{t('logistics.lanes.noneText')}</p>
        </EmptyState>
      ) : (
        <PageFragment regions={['lanes']}>
          <div class="stack loose">
            <AskForm {...props} />
            <Region id="lanes">
              <div class="stack">
                {lanes.length > 0 ? (
                  <List {...props} />
                ) : (
                  wrong.length === 0 && <NoLane {...props} />
                )}
              </div>
            </Region>
          </div>
        </PageFragment>
      )}
    </Shell>
  )
}

function AskForm({ reader, asked, wrong, countries }: LanesPageProps) {
  const { language } = reader
  const { t } = language
  const error = (field: string) =>
    wrong.includes(field) ? t('logistics.lanes.notACountry') : undefined
  return (
    <form method="get" action="/lanes" class="stack">
      <div class="grid wide">
        <SelectField
          name="from"
          label={t('logistics.lanes.from')}
          prompt={t('logistics.lanes.everyCountry')}
          options={choices(countries.from, language)}
          value={asked.from}
          error={error('from')}
        />
        <SelectField
          name="to"
          label={t('logistics.lanes.to')}
          prompt={t('logistics.lanes.everyCountry')}
          options={choices(countries.to, language)}
          value={asked.to}
          error={error('to')}
        />
      </div>
      <div>
        <Button>{t('logistics.lanes.show')}</Button>
      </div>
    </form>
  )
}

function choices(codes: readonly string[], language: Language): Choice[] {
  const collator = new Intl.Collator(language.locale)
  return codes
    .map((value) => ({ value, label: language.country(value) }))
    .sort((a, b) => collator.compare(a.label, b.label))
}

function NoLane({ reader }: LanesPageProps) {
  const { t } = reader.language
  return (
    <Notice tone="warn" title={t('logistics.refusal.noLane')}>
      <p>{t('logistics.lanes.noLaneText')}</p>
    </Notice>
  )
}

function List({ reader, day, asked, lanes, after }: LanesPageProps) {
  const { language } = reader
  const { t } = language
  const next = new URLSearchParams({ ...asked, ...(after === undefined ? {} : { after }) })
  return (
    <>
      <Table
        caption={t('logistics.lanes.caption', { day: language.date(day) })}
        language={language}
        columns={[
          { label: t('logistics.lanes.way') },
          { label: t('logistics.lanes.carrier') },
          ...shownMasses.map((grams) => ({ label: kilograms(language, grams), numeric: true })),
          { label: t('logistics.lanes.days') },
          { label: t('logistics.lanes.duty') },
          { label: t('logistics.lanes.source') },
        ]}
        rows={lanes.map((lane) => ({
          cells: [
            `${language.country(lane.id.from)} → ${language.country(lane.id.to)}`,
            <CarrierCell lane={lane} language={language} />,
            ...shownMasses.map((grams) => (
              <PriceCell lane={lane} grams={grams} day={day} language={language} />
            )),
            daysText(language, lane.transit),
            t(lane.dutyPaid ? 'logistics.lanes.dutyPaid' : 'logistics.lanes.dutyUnpaid'),
            <SourceCell source={lane.sources.rates} language={language} />,
          ],
        }))}
      />
      <p class="small muted">{t('logistics.lanes.byMass')}</p>
      <Pagination next={after === undefined ? undefined : `/lanes?${next}`} language={language} />
    </>
  )
}

function CarrierCell({ lane, language }: { lane: Lane; language: Language }) {
  return (
    <>
      {lane.carrierName}
      <br />
      <span class="muted small">{lane.serviceName}</span>{' '}
      <Tag>{language.t(`logistics.transport.${lane.transport}` as MessageKey)}</Tag>
    </>
  )
}

type PriceCellProps = { lane: Lane; grams: number; day: Day; language: Language }

function PriceCell({ lane, grams, day, language }: PriceCellProps) {
  const quote = priceLane(lane, [{ massG: grams }], day)
  if (isRefused(quote)) return <span class="muted">{language.t('logistics.lanes.notTaken')}</span>
  const { currency, amountMinor } = quote
  return (
    <Money amount={formatMinor(amountMinor, currency)} currency={currency} language={language} />
  )
}

export function SourceCell({ source, language }: { source: LaneSource; language: Language }) {
  const { title, publisher, url, read } = source
  return (
    <>
      {url === undefined ? (
        title
      ) : (
        <a href={url} rel="external noopener">
          {title}
        </a>
      )}
      <br />
      <span class="muted small">
        {language.t('logistics.lanes.readOn', { publisher, day: language.date(read) })}
      </span>
    </>
  )
}
