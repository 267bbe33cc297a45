import type { Context } from 'hono'
import type { Language, NavLink } from '../ui/index.ts'
import type { Actor } from './actor.ts'
import './words.ts'

/** The person's own links, for the head of every page of the hub. */
export function accountLinks(language: Language, actor: Actor | undefined, c: Context): NavLink[] {
  const { t } = language
  const { path } = c.req
  const link = (label: string, href: string): NavLink => ({ label, href, current: path === href })
  if (!actor)
    return [link(t('parties.signIn.title'), '/sign-in'), link(t('parties.join.title'), '/join')]
  const [only, ...others] = actor.businesses.keys()
  const home =
    only && others.length === 0 ? [link(t('parties.business.home'), `/business/${only}`)] : []
  const people = actor.hubRoles.has('operator')
    ? [link(t('parties.people.title'), '/operator/people')]
    : []
  const desk =
    actor.hubRoles.has('operator') || actor.hubRoles.has('customs-officer')
      ? [link(t('screening.title'), '/officer/screening')]
      : []
  return [
    ...home,
    ...people,
    ...desk,
    // Who sells finds the wallet on the page of their account, as the head has no room for more.
    ...(home.length + people.length + desk.length === 0
      ? [link(t('parties.wallet'), '/wallet')]
      : []),
    link(t('parties.account.title'), '/account'),
  ]
}

/** Where somebody's work is, who came for no page in particular. */
export function homeOf({ businesses, hubRoles }: Actor): string {
  const [only, ...others] = businesses.keys()
  if (only && others.length === 0) return `/business/${only}`
  if (hubRoles.has('customs-officer')) return '/officer/screening'
  if (hubRoles.has('carrier')) return '/lanes/import'
  return businesses.size + hubRoles.size === 0 ? '/' : '/account'
}
