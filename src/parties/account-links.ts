import type { Context } from 'hono'
import { pathWithin, type Language, type NavLink } from '../ui/index.ts'
import type { Actor, PartiesEnv } from './actor.ts'
import './words.ts'

/** The person's own links, for the head of every page of the hub. */
export function accountLinks(language: Language, actor: Actor | undefined, c: Context): NavLink[] {
  const { t } = language
  const { path } = c.req
  const link = (label: string, href: string): NavLink => ({
    label,
    href,
    current: path === href.split('?')[0],
  })
  if (!actor)
    return [
      link(t('parties.signIn.title'), comingIn('/sign-in', placeOf(c))),
      link(t('parties.join.title'), comingIn('/join', placeOf(c))),
    ]
  const [only, ...others] = actor.businesses.keys()
  const runs = actor.hubRoles.has('operator')
  const screens = runs || actor.hubRoles.has('customs-officer')
  const keepsMails = (c as Context<PartiesEnv>).get('parties')?.mailbox ?? false
  return [
    ...(only && others.length === 0 ? [link(t('parties.business.home'), `/business/${only}`)] : []),
    ...(runs ? [link(t('parties.people.title'), '/operator/people')] : []),
    ...(runs ? [link(t('parties.hubMoney'), '/operator/money')] : []),
    ...(screens ? [link(t('screening.title'), '/officer/screening')] : []),
    ...(runs && keepsMails ? [link(t('parties.mailbox.title'), '/mailbox')] : []),
    link(t('parties.wallet'), '/wallet'),
    link(t('parties.account.title'), '/account'),
  ]
}

/** The page of signing in or joining, which leads back to `next` afterwards. */
export const comingIn = (page: '/join' | '/sign-in', next: string): string =>
  next === '' ? page : `${page}?next=${encodeURIComponent(next)}`

const waysIn = ['/join', '/sign-in', '/sign-out', '/forgot-password', '/new-password']

/** Where a visitor is and wants to be again; empty on the front page, of which people come for no page in particular. */
function placeOf(c: Context): string {
  const { path, method } = c.req
  if (waysIn.includes(path)) return pathWithin(c.req.query('next'), '')
  const here = path + new URL(c.req.url).search
  // Each page holds it several times over.
  return method === 'GET' && path !== '/' && here.length <= 300 ? here : ''
}

/** Where somebody's work is, who came for no page in particular. */
export function homeOf({ businesses, hubRoles }: Actor): string {
  const [only, ...others] = businesses.keys()
  if (only && others.length === 0) return `/business/${only}`
  if (hubRoles.has('customs-officer')) return '/officer/screening'
  if (hubRoles.has('carrier')) return '/lanes/import'
  return businesses.size + hubRoles.size === 0 ? '/' : '/account'
}
