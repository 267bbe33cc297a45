import { completeParts, findGoodsFacts } from '../catalogue/index.ts'
import {
  catalogueApi,
  catalogueApiRoutes,
  fileReader,
  catalogueRoutes,
  productFileRoutes,
  shopRoutes,
  type RefreshParts,
} from '../catalogue/routes.tsx'
import { logisticsApi, logisticsRoutes } from '../logistics/routes.tsx'
import type { Answered } from '../nomenclature/index.ts'
import {
  nomenclatureApi,
  nomenclatureRoutes,
  type NomenclatureParts,
} from '../nomenclature/routes.tsx'
import { findOrdersOf, type OrderParts } from '../orders/index.ts'
import { leaveBasket, openDesk, orderApi, orderApiRoutes, orderRoutes } from '../orders/routes.tsx'
import {
  accessOf,
  everybody,
  publicRoute,
  type PartiesParts,
  type StepFacts,
} from '../parties/index.ts'
import { partiesRoutes, screeningRoutes } from '../parties/routes.tsx'
import {
  createBank,
  createSandbox,
  createSandboxBank,
  createStripe,
  findTransfersOf,
  movesRealMoney,
  usualLimits,
  type LimitParts,
  type Rail,
  type RailParts,
} from '../payments/index.ts'
import { paymentApi, paymentApiRoutes, paymentRoutes } from '../payments/routes.tsx'
import { lookUp } from '../tariff/index.ts'
import { tariffApi, tariffRoutes } from '../tariff/routes.tsx'
import { languageFor } from '../ui/index.ts'
import { businessLinks } from './business-links.ts'
import { documentApi, openApiDocument, type ApiDescription } from './api-document.ts'
import type { Hub } from './create-hub.ts'
import type { HubApp } from './server.ts'

/**
 * The one place where capabilities meet HTTP: each brings its routes, here they get what they need
 * of the hub. The front page is the shops'; the price at the door has its own.
 */
export function mountCapabilities(app: HubApp, hub: Hub): void {
  const parts = commonParts(hub)
  const shops = { ...parts, ...refreshPartsOf(hub), nameOf: nameOf(hub) }
  const goods = { ...parts, ...goodsPartsOf(hub) }
  const { sleep } = hub.clock
  const files = { ...parts, wake: () => hub.wake(), sleep, reading: fileReader(sleep) }
  describeApi(app)
  app.route('/', shopRoutes(shops))
  app.route('/', everybody(tariffRoutes({ ...parts, nameOf: nameOf(hub) })))
  app.route('/', partiesRoutes(partiesPartsOf(hub)))
  app.route('/', screeningRoutes({ ...parts, screening: hub.screening }))
  app.route('/', everybody(nomenclatureRoutes(nomenclaturePartsOf(hub))))
  app.route('/', logisticsRoutes(parts))
  const { exchange } = hub.config
  const rails = railPartsOf(hub)
  const money = { ...parts, sleep, currency: moneyOf(hub), rails, limits: rails.limits, exchange }
  app.route('/', paymentRoutes(money))
  app.route('/', paymentApiRoutes(money))
  const desk = openDesk(orderPartsOf(hub))
  app.route('/', orderRoutes(desk))
  app.route('/', orderApiRoutes(desk))
  app.route('/', catalogueRoutes(goods))
  app.route('/', productFileRoutes(files))
  app.route('/', catalogueApiRoutes(shops, goods, files))
}

/** What orders need of the hub. */
export const orderPartsOf = (hub: Hub): OrderParts => ({
  ...commonParts(hub),
  sleep: (milliseconds) => hub.clock.sleep(milliseconds),
  keys: hub.keys,
  schemes: hub.config.schemes,
  limits: limitPartsOf(hub),
  ...(hub.otherHub ? { otherHub: hub.otherHub } : {}),
  checkoutThread: hub.checkoutThread,
})

/** Where no real money moves nobody need be limited, but an operator may try it. */
export function limitPartsOf(hub: Hub): LimitParts {
  const { limits } = hub.config
  const today = () => hub.clock.today()
  return {
    today,
    limits: limits ?? (movesRealMoney(railsOf(hub)) ? usualLimits : undefined),
    rate: (currency) => {
      const newest = { source: 'ecb', rule: 'latest' } as const
      return hub.tariff().exchange.rate(currency, 'EUR', today(), newest)?.rate
    },
  }
}

/** The ways that money comes in and goes out: unless told otherwise the sandbox, with which no real money moves. */
export function railPartsOf(hub: Hub): RailParts {
  const { db, now, random, report, hub: config } = commonParts(hub)
  const limits = limitPartsOf(hub)
  return { ...{ db, now, random, report, limits }, hub: config, rails: railsOf(hub) }
}

/** Where a provider moves real money there is no sandbox: its money would be as good. */
function railsOf(hub: Hub): ReadonlyMap<string, Rail> {
  const { db, now, random } = commonParts(hub)
  const { net, stripe, bank } = hub
  const outside = [
    ...(stripe ? [createStripe({ ...stripe, fetch: (request) => net.fetch(request) })] : []),
    ...(bank ? [createBank(db, bank)] : []),
  ]
  const rails = outside.some(({ realMoney }) => realMoney)
    ? outside
    : [...outside, createSandbox({ db, now, random }), createSandboxBank(db, hub.config.name)]
  return new Map(rails.map((rail) => [rail.name, rail]))
}

/** What people think in: the money of their country, else of the hub's territory, where rules for it are on the shelf. */
const moneyOf =
  (hub: Hub) =>
  (country?: string): string => {
    const territory = country ?? hub.config.territory
    const known = territory !== null && hub.tariff().destinations.includes(territory)
    return known ? hub.tariff().on(territory, hub.clock.today()).currency : 'EUR'
  }

const apis: readonly ApiDescription[] = [
  catalogueApi,
  orderApi,
  paymentApi,
  tariffApi,
  nomenclatureApi,
  logisticsApi,
  documentApi,
]

/** The whole interface in one document; it is made when somebody asks for it, and kept. */
function describeApi(app: HubApp): void {
  let text = ''
  app.get('/api/v1/openapi.json', publicRoute, (c) => {
    text ||= JSON.stringify(openApiDocument(apis, accessOf(app)))
    c.header('cache-control', 'public, max-age=3600')
    return c.body(text, 200, { 'content-type': 'application/json' })
  })
}

/** What nearly every capability needs of the hub. */
function commonParts(hub: Hub) {
  return {
    db: hub.db,
    now: () => hub.clock.now(),
    today: () => hub.clock.today(),
    random: hub.random.bytes,
    hub: hub.config,
    tariff: () => hub.tariff(),
    doors: hub.doors,
    report: (err: unknown, message: string) => hub.log.error({ err }, message),
  }
}

/** What people and businesses need of the hub. */
export function partiesPartsOf(hub: Hub): PartiesParts {
  const { sendMail, demoSignIns } = hub
  return {
    ...commonParts(hub),
    sendMail,
    demoSignIns,
    leaving: (c) => leaveBasket(c, orderPartsOf(hub)),
    checklistFacts: (business) => checklistFactsOf(hub, business),
    businessLinks: (language, business) => [
      ...businessLinks(language, business),
      { label: language.t('import.title'), href: `/business/${business}/import` },
    ],
  }
}

/** How far a new seller is: what their goods say, the first order, the first payout. */
async function checklistFactsOf({ db, config }: Hub, business: string): Promise<StepFacts> {
  const [goods, orders, transfers] = await Promise.all([
    findGoodsFacts(db.kysely, { homeHub: config.id, businessId: business }),
    findOrdersOf(db.kysely, config.id, { side: 'seller', id: business, most: 1 }),
    findTransfersOf(db.kysely, { kind: 'business', id: business }, 1_000),
  ])
  const paidOut = transfers.some(({ kind, state }) => kind === 'payout' && state === 'done')
  return {
    ...goods,
    payout: { done: paidOut, href: `/business/${business}/money` },
    'test-order': { done: orders.length > 0, href: `/business/${business}/orders` },
  }
}

const nameOf = (hub: Hub) => (code: string, locale: string) =>
  hub.nomenclature().nameOf(code, locale)

/** Whether goods are ready to be sold, by the law and the lanes of today. */
export const judgeOfToday = (hub: Hub) =>
  completeParts({ ...commonParts(hub), ...goodsPartsOf(hub) }).judge()

/** What saving goods asks of the nomenclature. */
function goodsPartsOf(hub: Hub) {
  return {
    knowsCode: (code: string) => hub.nomenclature().isSubheading(code),
    nameOf: (code: string, locale: string) => hub.nomenclature().nameOf(code, locale)?.name,
    classify: (text: string, options: { locale: string; answers: readonly Answered[] }) =>
      hub.nomenclature().classify(text, options),
  }
}

/** Search finds an offer by the plain words of its code, in every language. */
export function refreshPartsOf(hub: Hub): RefreshParts {
  const namesOf = (code: string) => hub.nomenclature().namesOf(code)
  const pause = () => hub.clock.sleep(0)
  return { doors: hub.doors, namesOf, today: () => hub.clock.today(), pause }
}

/** Codes need the tariff only for the national lines below six digits. */
function nomenclaturePartsOf(hub: Hub): NomenclatureParts {
  return {
    nomenclature: () => hub.nomenclature(),
    territories: (locale) =>
      hub
        .tariff()
        .destinations.map((value) => ({ value, label: languageFor(locale).country(value) })),
    linesOf: (territory, subheading) =>
      lookUp(hub.tariff(), territory, subheading, hub.clock.today()).lines.map(
        ({ code, rates }) => ({ code, ...(rates['mfn'] ? { duty: rates['mfn'] } : {}) }),
      ),
  }
}
