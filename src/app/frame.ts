import type { Context, MiddlewareHandler } from 'hono'
import { accountLinks, actorOf, demoNotice } from '../parties/index.ts'
import { movesRealMoney } from '../payments/index.ts'
import type { Frame, Language, NavLink } from '../ui/index.ts'
import { railPartsOf } from './capabilities.ts'
import type { Hub } from './create-hub.ts'

/** Leaves in the context of every request what stands round a page: name, navigation, the person's own links. */
export function inFrame(hub: Hub): MiddlewareHandler {
  const frame: Frame = {
    hub: hub.config,
    nav: mainLinks,
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

const deskRoles = ['operator', 'customs-officer', 'carrier'] as const

/** The basket, and what somebody has sold, bought or has to decide; what is asked for most often stands first. */
function accountOf(language: Language, c: Context): NavLink[] {
  const { t } = language
  const actor = actorOf(c)
  const own = accountLinks(language, actor, c)
  const business = own.filter(({ href }) => href.startsWith('/business/'))
  const hasDesk = actor && deskRoles.some((role) => actor.hubRoles.has(role))
  return [
    { label: t('orders.basket.title'), href: '/basket' },
    ...business,
    ...(actor ? [{ label: t('orders.mine.title'), href: '/orders' }] : []),
    ...(hasDesk ? [{ label: t('orders.desk.title'), href: '/desk/orders' }] : []),
    ...own.filter((link) => !business.includes(link)),
  ]
}

/** What everybody can do here; the longest address that the page's own begins with is the current one. */
function mainLinks({ t }: Language, c: Context): NavLink[] {
  const links = [
    { label: t('shops.nav.search'), href: '/search' },
    { label: t('tariff.nav.cost'), href: '/cost' },
    { label: t('tariff.nav.markets'), href: '/cost/markets' },
    { label: t('nomenclature.nav'), href: '/classify' },
    { label: t('logistics.nav.lanes'), href: '/lanes' },
    { label: t('tariff.nav.rules'), href: '/rules' },
  ]
  const { path } = c.req
  const [here] = links
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .toSorted((a, b) => b.length - a.length)
  return links.map((link) => ({ ...link, current: link.href === here }))
}
