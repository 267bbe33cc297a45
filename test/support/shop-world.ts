// A small hub with goods on sale: what tests of shops and search look at. Real rules, the demo rate cards, real offers.
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { partiesPartsOf } from '../../src/app/capabilities.ts'
import { inFrame } from '../../src/app/frame.ts'
import type { Hub } from '../../src/app/index.ts'
import {
  createDoorPrices,
  judgeWith,
  saveOffers,
  type DoorPrices,
  type OfferDraft,
  type SaveOutcome,
} from '../../src/catalogue/index.ts'
import { servePicture } from '../../src/catalogue/pictures/serve-picture.ts'
import { refreshShops, shopRoutes, type ShopParts } from '../../src/catalogue/shops/routes.tsx'
import { transact, type Database } from '../../src/db/index.ts'
import { demoLanes, findLanes, importLanes, laneFile } from '../../src/logistics/index.ts'
import { createNomenclature } from '../../src/nomenclature/index.ts'
import { askOfDealer } from '../../src/payments/index.ts'
import { publicRoute, withActor, type Actor } from '../../src/parties/index.ts'

const nomenclature = createNomenclature()

export interface ShopWorld {
  app: Hono
  parts: ShopParts
  doors: DoorPrices
  /** Saves, publishes and makes findable. */
  sell(seller: Seller, drafts: readonly OfferDraft[]): Promise<SaveOutcome[]>
}

export interface Seller {
  id: string
  slug: string
  name: string
  country: string
  screening?: 'clear' | 'review' | 'blocked' | 'unscreened'
}

export const amina: Seller = {
  id: '0199d2f0-0000-7000-8000-00000000000a',
  slug: 'amina',
  name: 'Amina Batik',
  country: 'MY',
  screening: 'clear',
}
export const bo: Seller = {
  id: '0199d2f0-0000-7000-8000-00000000000b',
  slug: 'bo',
  name: 'Bo Maple',
  country: 'CA',
}

export async function shopWorld(hub: Hub): Promise<ShopWorld> {
  const { db } = hub
  await importLanes(db, laneFile(demoLanes()), { today: hub.clock.today(), dryRun: false })
  const dealer = {
    today: () => hub.clock.today(),
    tariff: () => hub.tariff(),
    rails: { rails: new Map() },
  }
  const doors = createDoorPrices({
    tariff: () => hub.tariff(),
    lanes: (question) => findLanes(db.kysely, question),
    change: (gets, from, to) => askOfDealer(dealer, gets, from, to),
    now: () => hub.clock.now(),
  })
  const parts: ShopParts = {
    db,
    doors,
    now: () => hub.clock.now(),
    today: () => hub.clock.today(),
    random: randomBytes,
    hub: hub.config,
    tariff: () => hub.tariff(),
    nameOf: (code, locale) => nomenclature.nameOf(code, locale as 'en'),
    namesOf: nomenclature.namesOf,
  }
  const app = new Hono()
  app.use(withActor(partiesPartsOf(hub)) as never)
  app.use(inFrame(hub))
  app.route('/', shopRoutes(parts))
  app.get('/pictures/:digest/:form', publicRoute, (c) => servePicture(c, db.kysely))
  return { app, parts, doors, sell: (seller, drafts) => sell(hub, parts, seller, drafts) }
}

/** The offer that was saved. */
export const idOf = (outcome: SaveOutcome | undefined): string => {
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome))
  return outcome.offerId
}

/** A page as a visitor sees it; goods go to China unless the cookie says otherwise. */
export const pageOf = async (
  world: ShopWorld,
  path: string,
  cookie = 'destination=CN',
  lang = 'en',
) => {
  const answer = await world.app.request(path, { headers: { 'accept-language': lang, cookie } })
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

/** What a seller of ill will writes into every field. */
export const nasty = '<script>alert(1)</script> "&\'] ]>\u0007'

/** A curator of Malaysia. */
export const curator: Actor = {
  personId: '0199d2f0-0000-7000-8000-0000000000cc',
  name: 'Chen',
  email: 'chen@example.org',
  businesses: new Map(),
  hubRoles: new Set(),
  curatorOf: new Set(['MY']),
}

/** The same shops, looked at by somebody who is signed in, or by nobody. */
export function lookedAtBy(hub: Hub, { parts }: ShopWorld, actor: Actor | undefined): Hono {
  const app = new Hono<{ Variables: { parties: object } }>()
  app.use((c, next) => {
    c.set('parties', { hub: hub.config, ...(actor ? { actor } : {}) })
    return next()
  })
  app.route('/', shopRoutes(parts))
  return app as unknown as Hono
}

async function sell(
  hub: Hub,
  parts: ShopParts,
  seller: Seller,
  drafts: readonly OfferDraft[],
): Promise<SaveOutcome[]> {
  await writeBusiness(hub.db, hub.config.id, seller, hub.clock.now())
  const judge = judgeWith({
    doors: parts.doors,
    day: parts.today(),
    seller: () => Promise.resolve({ from: seller.country, blocked: false }),
  })
  const owner = { homeHub: hub.config.id, businessId: seller.id }
  return transact(hub.db, async (tx) => {
    const outcomes = await saveOffers(
      tx,
      drafts.map((draft) => ({ ...owner, draft: { status: 'published', ...draft } })),
      { now: hub.clock.now(), random: randomBytes, judge },
    )
    const keys = outcomes.flatMap((outcome) =>
      'refused' in outcome ? [] : [{ ...owner, offerId: outcome.offerId }],
    )
    await refreshShops(tx, keys, parts)
    return outcomes
  })
}

async function writeBusiness(
  db: Database,
  homeHub: string,
  { id, slug, name, country, screening = 'unscreened' }: Seller,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString()
  await db.pool.query(
    `insert into businesses (home_hub, id, slug, name, country, ship_from, screening, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict do nothing`,
    [homeHub, id, slug, name, country, JSON.stringify({ country }), screening, at],
  )
}

export const scarf: OfferDraft = {
  mainLocale: 'en',
  texts: [
    {
      locale: 'en',
      title: 'Batik scarf of silk',
      description: 'Drawn by hand in Kelantan.\nWash it cold.',
    },
  ],
  subheading: '621410',
  origin: 'MY',
  materials: 'silk',
  currency: 'MYR',
  variants: [
    {
      sku: 'SC-RED',
      options: [{ name: 'Colour', value: 'red' }],
      price: '120.00',
      stock: 5,
      netMassG: 80,
      grossMassG: 120,
    },
    {
      sku: 'SC-BLUE',
      options: [{ name: 'Colour', value: 'blue' }],
      price: '135.00',
      stock: 0,
      netMassG: 80,
      grossMassG: 120,
    },
  ],
}

export const syrup: OfferDraft = {
  mainLocale: 'fr',
  texts: [
    { locale: 'fr', title: 'Sirop d’érable ambré', description: 'Bouteille de 500 ml.' },
    { locale: 'zh-Hans', title: '琥珀枫糖浆', description: '500 毫升玻璃瓶。' },
  ],
  subheading: '170220',
  origin: 'CA',
  currency: 'CAD',
  variants: [{ price: '24.00', stock: 200, netMassG: 660, grossMassG: 900 }],
}
