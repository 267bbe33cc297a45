/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { Notice, Tag } from './badge.tsx'
import { Button } from './button.tsx'
import { Emblem } from './emblem.tsx'
import { Price } from './figures.tsx'
import type { Language } from './language.ts'
import { EmptyState, Facts, Timeline } from './structure.tsx'

/** One part of the style guide, with its heading. */
export function Sample(props: { id: string; title: string; tinted?: boolean; children?: Child }) {
  return (
    <section id={props.id} class={props.tinted ? 'band surface' : 'band'}>
      <div class="wrap stack">
        <h2>{props.title}</h2>
        {props.children}
      </div>
    </section>
  )
}

export function Hero({ mapUrl }: { mapUrl: string; language: Language }) {
  return (
    <div class="wrap hero">
      <div class="stack">
        <h1>Sell across a border as easily as across a street</h1>
        <p class="lead">
          One honest price at the door. Duty, tax and freight are known before anybody pays, and
          each figure says which rule it comes from.
        </p>
        <div class="cluster">
          <Button href="#figures">See what it costs</Button>
          <Button kind="secondary" href="#shops">
            Browse shops
          </Button>
        </div>
      </div>
      <img src={mapUrl} width="1534" height="693" alt="Map of the countries this hub trades with" />
    </div>
  )
}

const goods = [
  { name: "Bird's nest biscuits, 12 pieces", shop: 'Rumah Walet', iso2: 'MY', amount: '96.40' },
  {
    name: 'Hand-drawn batik scarf',
    shop: 'Kelantan Batik Cooperative',
    iso2: 'MY',
    amount: '241.00',
  },
  {
    name: 'Live Atlantic lobster, 1.2 kg',
    shop: 'Tor Bay Fisheries',
    iso2: 'CA',
    amount: '418.75',
  },
  {
    name: 'Maple syrup, very dark, 500 ml',
    shop: 'Érablière du Nord',
    iso2: 'CA',
    amount: '132.20',
  },
]

export function ShopSamples({ language }: { language: Language }) {
  return (
    <Sample id="shops" title="Cards and emblems">
      <div class="grid small">
        {goods.map(({ name, shop, iso2, amount }) => (
          <article class="card stack tight">
            <Emblem seed={name} />
            <h3>
              <a class="card-link" href="#shops">
                {name}
              </a>
            </h3>
            <p class="muted small">
              {shop}, {language.country(iso2)}
            </p>
            <Price
              amount={amount}
              currency="CNY"
              size="row"
              note="At your door"
              language={language}
            />
          </article>
        ))}
      </div>
    </Sample>
  )
}

const day = (text: string, language: Language) => ({ iso: text, text: language.date(text) })

export function StepSamples({ language }: { language: Language }) {
  return (
    <Sample id="steps" title="Timeline and facts" tinted>
      <div class="split">
        <Facts
          facts={[
            { term: 'Consignor', detail: 'Tor Bay Fisheries, Vancouver' },
            {
              term: 'HS subheading',
              detail: <code>0306.32</code>,
              action: { label: 'Change', href: '#steps' },
            },
            { term: 'Origin', detail: language.country('CA') },
            { term: 'Customs value', detail: language.money('367.20', 'CNY') },
            { term: 'Status', detail: <Tag tone="info">Under inspection</Tag> },
          ]}
        />
        <Timeline
          language={language}
          steps={[
            { title: 'Paid into escrow', state: 'done', time: day('2026-11-02', language) },
            {
              title: 'Export declaration accepted',
              state: 'done',
              time: day('2026-11-03', language),
              detail: 'Canada Border Services Agency',
            },
            {
              title: 'Released by customs',
              state: 'current',
              time: day('2026-11-05', language),
              detail: 'One question about the weight of item 2',
            },
            { title: 'Second delivery attempt', state: 'failed', detail: 'Nobody was at home' },
            { title: 'Delivered', state: 'upcoming', detail: 'Expected on 9 November' },
          ]}
        />
      </div>
    </Sample>
  )
}

export function MessageSamples() {
  return (
    <Sample id="messages" title="Tags, notices, nothing yet">
      <div class="cluster">
        <Tag>Draft</Tag>
        <Tag tone="info">Under inspection</Tag>
        <Tag tone="ok">Released</Tag>
        <Tag tone="warn">Needs facts</Tag>
        <Tag tone="bad">Refused</Tag>
      </div>
      <div class="grid wide">
        <Notice title="What is this made of?">
          <p>
            Scarves of silk and of cotton carry different duty. Say which, and the price is exact.
          </p>
        </Notice>
        <Notice tone="ok" title="Released in 41 ms">
          <p>All papers agree. The parcel may leave the bonded store.</p>
        </Notice>
        <Notice tone="warn" title="As last seen on 3 March 2026">
          <p>The published tariff is eight months old; a newer one may differ.</p>
        </Notice>
        <Notice tone="bad" title="Payment was refused">
          <p>Your wallet holds less than the order costs. Nothing was taken.</p>
        </Notice>
      </div>
      <EmptyState title="No declarations yet" action={{ label: 'Import orders', href: '#forms' }}>
        <p class="muted">They appear here as soon as an order crosses a border.</p>
      </EmptyState>
    </Sample>
  )
}
