import type { Actor, HubRole, StaffRole } from './actor.ts'

/** What an API key may be given. */
export const scopes = [
  'offers:read',
  'offers:write',
  'orders:read',
  'orders:write',
  'orders:buy',
  'money:read',
  'money:move',
] as const

export type Scope = (typeof scopes)[number]

/**
 * Who may do an action. Everything that is named lets in by itself; an API key needs the scope, and
 * without one in the table no key may do it.
 */
export type Permission =
  | { on: 'oneself' }
  | { on: 'business'; roles: readonly StaffRole[]; scope?: Scope }
  | { on: 'country'; curators: true; hubRoles: readonly HubRole[] }
  | { on: 'hub'; hubRoles: readonly HubRole[] }

const both = ['owner', 'staff'] as const
const owner = ['owner'] as const

/** The one table of who may do what. A route names its action; one that names none is refused at the start. */
export const permissions = {
  'account.use': { on: 'oneself' },
  'business.create': { on: 'oneself' },
  'business.view': { on: 'business', roles: both },
  'business.edit': { on: 'business', roles: owner },
  'staff.manage': { on: 'business', roles: owner },
  'keys.manage': { on: 'business', roles: owner },
  'offer.view': { on: 'business', roles: both, scope: 'offers:read' },
  'offer.edit': { on: 'business', roles: both, scope: 'offers:write' },
  'offer.import': { on: 'business', roles: both, scope: 'offers:write' },
  'order.view': { on: 'business', roles: both, scope: 'orders:read' },
  'order.manage': { on: 'business', roles: both, scope: 'orders:write' },
  'order.buy': { on: 'business', roles: owner, scope: 'orders:buy' },
  'money.view': { on: 'business', roles: both, scope: 'money:read' },
  'money.move': { on: 'business', roles: owner, scope: 'money:move' },
  'screening.decide': { on: 'hub', hubRoles: ['customs-officer', 'operator'] },
  'role.grant': { on: 'hub', hubRoles: ['operator'] },
  'order.handle': { on: 'hub', hubRoles: ['customs-officer', 'carrier', 'operator'] },
  'lanes.edit': { on: 'hub', hubRoles: ['carrier', 'operator'] },
  'pavilion.edit': { on: 'country', curators: true, hubRoles: ['operator'] },
  'hub.operate': { on: 'hub', hubRoles: ['operator'] },
} as const satisfies Readonly<Record<string, Permission>>

export type Action = keyof typeof permissions

/** The path parameter that says what an action is done on. */
export const parameterOf = { business: 'business', country: 'country' } as const

export type Verdict = 'allowed' | 'sign-in-first' | 'not-found' | 'not-allowed' | 'scope-missing'

/**
 * Whether this actor may do this on that. A business of others is not found, so that nobody learns
 * which ones there are.
 */
export function judge(action: Action, actor: Actor | undefined, subject?: string): Verdict {
  if (!actor) return 'sign-in-first'
  const rule: Permission = permissions[action]
  if (rule.on === 'business') {
    const role = actor.businesses.get(subject ?? '')
    if (!role) return 'not-found'
    if (actor.scopes) return keyMay(rule.scope, actor.scopes)
    return rule.roles.includes(role) ? 'allowed' : 'not-allowed'
  }
  if (actor.scopes) return 'scope-missing'
  if (rule.on === 'oneself') return 'allowed'
  if (rule.on === 'country' && actor.curatorOf.has((subject ?? '').toUpperCase())) return 'allowed'
  return rule.hubRoles.some((role) => actor.hubRoles.has(role)) ? 'allowed' : 'not-allowed'
}

const keyMay = (scope: Scope | undefined, held: ReadonlySet<string>): Verdict =>
  scope && held.has(scope) ? 'allowed' : 'scope-missing'
