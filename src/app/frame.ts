import type { Context, MiddlewareHandler } from 'hono'
import { accountLinks, actorOf, demoNotice, type HubRole } from '../parties/index.ts'
import { movesRealMoney } from '../payments/index.ts'
import type { Frame, Language, NavLink } from '../ui/index.ts'
import { railPartsOf } from './capabilities.ts'
import { businessLinks } from './business-links.ts'
import type { Hub } from './create-hub.ts'

/** Leaves in the context of every request what stands round a page: name, navigation, the person's own links. */
export function inFrame(hub: Hub): MiddlewareHandler {
  const frame: Frame = {
    hub: hub.config,
    nav: navOf,
    account: accountOf,
    footer: ({ t }) => [{ label: t('tariff.nav.api'), href: '/api/v1/openapi.json' }],
    ...(hub.demoSignIns ? { notice: demoNotice } : {}),
    realMoney: movesRealMoney(railPartsOf(hub).rails),
  }
  return (c, next) => {
    c.set('frame', frame)
    return next()
  }
}

const deskRoles: readonly HubRole[] = ['operator', 'customs-officer', 'carrier']

/** What an office has to decide, the basket, and what somebody has sold or bought; the day's work stands first. */
function accountOf(language: Language, c: Context): NavLink[] {
  const { t } = language
  const actor = actorOf(c)
  const own = accountLinks(language, actor, c)
  const business = own.filter(({ href }) => href.startsWith('/business/'))
  const is = (roles: readonly HubRole[]) => roles.some((role) => actor?.hubRoles.has(role))
  const desk = { label: t('orders.desk.title'), href: '/desk/orders' }
  const rateCards = { label: t('logistics.import.title'), href: '/lanes/import' }
  const office = [
    ...(is(deskRoles) ? markCurrent([desk], c.req.path) : []),
    ...own.filter(({ href }) => href.startsWith('/officer/') || href.startsWith('/operator/')),
    ...(is(['operator', 'carrier']) ? markCurrent([rateCards], c.req.path) : []),
  ]
  return [
    ...office,
    { label: t('orders.basket.title'), href: '/basket' },
    ...business,
    ...(actor ? [{ label: t('orders.mine.title'), href: '/orders' }] : []),
    ...own.filter((link) => !business.includes(link) && !office.includes(link)),
  ]
}

/** At the desk of one's own business what there is to do there; else what everybody can do here. */
function navOf(language: Language, c: Context): NavLink[] {
  const id = /^\/business\/([^/]+)/.exec(c.req.path)?.[1] ?? ''
  if (!actorOf(c)?.businesses.has(id)) return markCurrent(mainLinks(language), c.req.path)
  const home = { label: language.t('catalogue.nav.business'), href: `/business/${id}` }
  // Files bring goods.
  const path = c.req.path.replace(/^(\/business\/[^/]+)\/import\b/, '$1/goods')
  return markCurrent([home, ...businessLinks(language, id)], path)
}

function mainLinks({ t }: Language): NavLink[] {
  return [
    { label: t('shops.nav.search'), href: '/search' },
    { label: t('tariff.nav.cost'), href: '/cost' },
    { label: t('tariff.nav.markets'), href: '/cost/markets' },
    { label: t('nomenclature.nav'), href: '/classify' },
    { label: t('logistics.nav.lanes'), href: '/lanes' },
    { label: t('tariff.nav.rules'), href: '/rules' },
  ]
}

/** The longest address that the page's own begins with is the current one. */
function markCurrent(links: readonly NavLink[], path: string): NavLink[] {
  const [here] = links
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)
  return links.map((link) => ({ ...link, current: link.href === here }))
}
