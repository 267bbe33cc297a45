/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Tag } from './badge.tsx'
import { Button } from './button.tsx'
import { Disclosure, PageFragment, Region, Tabs } from './disclosure.tsx'
import { Breakdown, Money, Price, StatTiles, type BreakdownLine } from './figures.tsx'
import { TextField } from './forms.tsx'
import type { Language } from './language.ts'
import { ShareBar } from './share-bar.tsx'
import { Sample } from './style-guide-parts.tsx'
import { Breadcrumb, Pagination } from './structure.tsx'
import { Table } from './table.tsx'

const rule = (
  <>
    <p>
      Subheading 6214.10, shawls and scarves of silk. Most-favoured-nation rate on the CIF value.
    </p>
    <p>
      Source: <a href="#figures">Customs tariff of the importing country</a>, seen on 3 March 2026.
    </p>
  </>
)

const cny = (label: string, amount: string, more: Partial<BreakdownLine> = {}): BreakdownLine => ({
  label,
  amount,
  currency: 'CNY',
  ...more,
})

export function PriceSamples({ language }: { language: Language }) {
  return (
    <Sample id="figures" title="Price, receipt, shares" tinted>
      <div class="split">
        <div class="stack">
          <Breadcrumb
            language={language}
            crumbs={[
              { label: 'Pavilions', href: '#shops' },
              { label: language.country('MY'), href: '#shops' },
            ]}
          />
          <h3>Hand-drawn batik scarf</h3>
          <Price
            amount="241.00"
            currency="CNY"
            language={language}
            note="At your door. Nothing more to pay."
          />
          <ShareBar
            id="shares"
            label="What the price is made of"
            shares={[
              { label: 'Goods', amount: '168.00', value: language.percent('69.7'), tone: 1 },
              { label: 'Freight', amount: '32.50', value: language.percent('13.5'), tone: 2 },
              { label: 'Duty', amount: '10.03', value: language.percent('4.2'), tone: 3 },
              { label: 'Tax', amount: '27.37', value: language.percent('11.4'), tone: 4 },
              { label: 'Insurance', amount: '1.60', value: language.percent('0.7'), tone: 5 },
              { label: 'Fees', amount: '1.50', value: language.percent('0.6'), tone: 6 },
            ]}
          />
          <Disclosure summary="Why is there no duty relief?">
            <p>The proof of origin was not given. With it, duty falls to zero.</p>
          </Disclosure>
        </div>
        <Breakdown
          title="What you pay"
          language={language}
          lines={[
            cny('Scarf', '168.00', { note: 'MYR 108.39 at 1.5500' }),
            cny('Freight to Hangzhou', '32.50'),
            cny('Insurance', '1.60'),
            cny('Import duty', '10.03', { note: '5% of CNY 200.50', explanation: rule }),
            cny('Value added tax', '27.37', { note: '13% of CNY 210.53', explanation: rule }),
            cny('Clearance fee', '1.50'),
          ]}
          total={{ amount: '241.00', currency: 'CNY' }}
        >
          <Button block>Put in the basket</Button>
        </Breakdown>
      </div>
    </Sample>
  )
}

interface FigureSamplesProps {
  language: Language
  density: 'shop' | 'work'
}

export function FigureSamples({ language, density }: FigureSamplesProps) {
  return (
    <Sample id="desk" title="Figures of a desk" tinted>
      <Tabs
        label="Density"
        tabs={[
          { label: 'Generous', href: '?density=shop#desk', current: density === 'shop' },
          { label: 'Dense', href: '?density=work#desk', current: density === 'work' },
          { label: 'Waiting', href: '#desk', count: '12' },
        ]}
      />
      <StatTiles
        stats={[
          { label: 'Declarations today', value: language.number('1284') },
          {
            label: 'Released at once',
            value: language.percent('97.2'),
            note: 'Up 1.1',
            tone: 'ok',
          },
          { label: 'Waiting for facts', value: '12', note: '3 over an hour', tone: 'warn' },
          {
            label: 'Duty collected',
            value: <Money amount="48310.50" currency="CNY" language={language} />,
          },
        ]}
      />
    </Sample>
  )
}

const declarations = [
  ['D-20261105-0041', 'Batik scarf, silk', '6214.10', '168.00', '10.03', 'ok', 'Released'],
  ['D-20261105-0042', 'Live lobster', '0306.32', '367.20', '25.70', 'info', 'Under inspection'],
  ['D-20261105-0043', 'Maple syrup', '1702.20', '96.00', '28.80', 'warn', 'Needs facts'],
  ['D-20261105-0044', 'Protective gloves', '6116.10', '1204.50', '0.00', 'bad', 'Refused'],
] as const

interface TableSamplesProps {
  language: Language
  /** The query of the address: `q` narrows the rows, `sort` and `order` say how they lie. */
  query: URLSearchParams
}

export function TableSamples({ language, query }: TableSamplesProps) {
  const wanted = query.get('q') ?? ''
  const found = declarations.filter(([, goods]) => goods.toLowerCase().includes(wanted))
  const isDown = query.get('order') === 'down'
  if (isDown) found.reverse()
  return (
    <Sample id="tables" title="Table with search">
      <PageFragment regions={['declarations', 'declaration-count']}>
        <div class="stack">
          <form class="inline-form" role="search">
            <TextField name="q" label="Goods" type="search" value={wanted} />
            <Button kind="secondary">Search</Button>
          </form>
          <Region id="declaration-count" live>
            <p class="muted">{language.t('ui.resultCount', { count: found.length })}</p>
          </Region>
          <Region id="declarations">
            <Declarations found={found} isDown={isDown} language={language} />
            <Pagination language={language} previous="?" next="?" summary="51 to 54" />
          </Region>
        </div>
      </PageFragment>
    </Sample>
  )
}

interface DeclarationsProps {
  found: readonly (typeof declarations)[number][]
  isDown: boolean
  language: Language
}

function Declarations({ found, isDown, language }: DeclarationsProps) {
  const money = (amount: string) => <Money amount={amount} currency="CNY" language={language} />
  return (
    <Table
      caption="Declarations lodged today"
      language={language}
      columns={[
        {
          label: 'Number',
          sort: {
            href: isDown ? '?order=up' : '?order=down',
            order: isDown ? 'descending' : 'ascending',
          },
        },
        { label: 'Goods' },
        { label: 'HS' },
        { label: 'Value', numeric: true, sort: { href: '?sort=value' } },
        { label: 'Duty', numeric: true },
        { label: 'Status' },
      ]}
      rows={found.map(([number, goods, hs, value, duty, tone, status]) => ({
        href: '#tables',
        cells: [
          <span class="nowrap">{number}</span>,
          goods,
          <code>{hs}</code>,
          money(value),
          money(duty),
          <Tag tone={tone}>{status}</Tag>,
        ],
      }))}
      foot={['Sum', '', '', money('1835.70'), money('64.53'), '']}
    />
  )
}
