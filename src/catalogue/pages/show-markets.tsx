/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import { signedInActor } from '../../parties/index.ts'
import { highestPriceOf } from '../highest-price.ts'
import { readinessOf } from '../judge-offers.ts'
import { decideMarkets, findMarketDecisions } from '../markets.ts'
import { businessOf, judgeOf, sellerOf, type CatalogueParts } from '../parts.ts'
import { saveOffers } from '../save-offers.ts'
import { MarketsPage, marketViews } from './markets-page.tsx'
import { offerHref, readerOf, type Reader } from './shell.tsx'
import { offerOf, savePartsOf } from './show-offers.tsx'
import { formOf } from '../read-form.ts'

/** GET .../markets */
export async function showMarkets(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const [readiness, decided] = await Promise.all([
    readinessOf(judgeOf(parts), offer, sellerOf(business)),
    findMarketDecisions(parts.db.kysely, offer),
  ])
  const query = reader.url.searchParams
  const view = marketViews.find((each) => each === query.get('view')) ?? 'all'
  const see = readiness.destinations.find(({ destination }) => destination === query.get('see'))
  const wanted = query.get('wanted') ?? ''
  const { from } = sellerOf(business)
  const highest =
    see && wanted !== '' && from !== null
      ? highestPriceOf(parts, offer, see.price, { from, day: parts.today(), wanted })
      : undefined
  return c.html(
    <MarketsPage
      reader={reader}
      business={business}
      offer={offer}
      readiness={readiness}
      decided={decided}
      view={view}
      see={see}
      highest={highest}
      wanted={wanted}
      said={saidOf(reader)}
    />,
  )
}

function saidOf({
  url,
  language: { t },
}: Reader): { tone: 'ok' | 'warn'; title: string } | undefined {
  const done = url.searchParams.get('done')
  if (done === 'opened') return { tone: 'ok', title: t('catalogue.done.opened') }
  if (done === 'closed') return { tone: 'ok', title: t('catalogue.done.closed') }
  if (done === 'line') return { tone: 'ok', title: t('catalogue.done.line') }
  if (done === 'proof') return { tone: 'ok', title: t('catalogue.done.saved') }
  return done === 'no-line' ? { tone: 'warn', title: t('catalogue.done.noLine') } : undefined
}

/** POST .../markets: opens or closes one destination, or opens all that are ready. */
export async function changeMarkets(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const form = await formOf(c)
  const [open, close, asked] = [form.get('open'), form.get('close'), form.get('view')]
  const wanted = typeof open === 'string' ? open : typeof close === 'string' ? close : ''
  const destinations =
    open === 'ready'
      ? (await readinessOf(judgeOf(parts), offer, sellerOf(business))).destinations
          .filter(({ state }) => state === 'ready')
          .map(({ destination }) => destination)
      : parts.tariff().destinations.filter((each) => each === wanted)
  const { homeHub, businessId, offerId } = offer
  if (destinations.length > 0)
    await transact(parts.db, (tx) =>
      decideMarkets(
        tx,
        {
          homeHub,
          businessId,
          offerId,
          destinations,
          open: typeof open === 'string',
          actor: signedInActor(c).personId,
        },
        parts.now(),
      ),
    )
  const view = marketViews.find((each) => each === asked) ?? 'all'
  const query = new URLSearchParams(view === 'all' ? {} : { view })
  if (destinations.length > 0) query.set('done', typeof open === 'string' ? 'opened' : 'closed')
  return c.redirect(`${offerHref(offer)}/markets?${query}`, 303)
}

/** POST .../national-code: which of a territory's own lines the goods are. */
export async function chooseNationalCode(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const form = await formOf(c)
  const text = (name: string): string => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  const [territory, code] = [text('territory'), text('code').replaceAll(/\D/g, '')]
  const fits =
    parts.tariff().destinations.includes(territory) && code.startsWith(offer.subheading ?? '-')
  const outcome = fits
    ? await transact(parts.db, async (tx) => {
        const { homeHub, businessId, offerId } = offer
        const draft = { offerId, nationalCodes: { ...offer.nationalCodes, [territory]: code } }
        const command = { homeHub, businessId, actor: signedInActor(c).personId, draft }
        return (await saveOffers(tx, [command], savePartsOf(parts)))[0]
      })
    : undefined
  const done = outcome && !isRefused(outcome) ? 'line' : 'no-line'
  return c.redirect(
    `${offerHref(offer)}/markets?see=${encodeURIComponent(territory)}&done=${done}#see`,
    303,
  )
}

/** POST .../proofs: proofs of origin that the seller holds for these goods. */
export async function addProofs(c: Context, parts: CatalogueParts): Promise<Response> {
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const form = await formOf(c)
  const said = form.getAll('proof').filter((each): each is string => typeof each === 'string')
  const see = form.get('see')
  const destination = parts.tariff().destinations.find((each) => each === see) ?? ''
  const { homeHub, businessId, offerId } = offer
  const draft = { offerId, proofs: [...new Set([...offer.proofs, ...said.slice(0, 10)])] }
  const command = { homeHub, businessId, actor: signedInActor(c).personId, draft }
  await transact(parts.db, (tx) => saveOffers(tx, [command], savePartsOf(parts)))
  return c.redirect(`${offerHref(offer)}/markets?see=${destination}&done=proof#see`, 303)
}
