import type { Context } from 'hono'

/** What the operator lets a person do on the whole hub. */
export const hubRoles = [
  'operator',
  'customs-officer',
  'carrier',
  'financier',
  'zone-authority',
] as const

export type HubRole = (typeof hubRoles)[number]

/** What a person may do in a business: an owner everything, staff the daily work. */
export const staffRoles = ['owner', 'staff'] as const

export type StaffRole = (typeof staffRoles)[number]

/** Who asks: a signed-in person, or a program with an API key of one business. */
export interface Actor {
  personId: string
  name: string
  email: string
  /** By the id of the business. */
  businesses: ReadonlyMap<string, StaffRole>
  hubRoles: ReadonlySet<HubRole>
  /** ISO 3166 codes of the countries whose pavilion this person looks after. */
  curatorOf: ReadonlySet<string>
  /** Only of an API key: it may do nothing that none of them names. */
  scopes?: ReadonlySet<string>
}

/** What the middleware `withActor` leaves in the context of every request. */
export interface PartiesEnv {
  Variables: {
    requestId: string
    /** The configured address of the hub; without one, the request's own counts. */
    origin?: string
    parties?: {
      actor?: Actor
      /** SHA-256 of the session's token, where the actor came by one. */
      session?: Uint8Array
      /** The hub sends no mail: it keeps its mails on the operator's mailbox page. */
      mailbox?: boolean
    }
  }
}

/** Who asks, if anybody is signed in. Takes the context of any capability. */
export function actorOf(c: Context): Actor | undefined {
  return (c as Context<PartiesEnv>).get('parties')?.actor
}

/** The same behind `allow(...)`, which lets nobody else through. */
export function signedInActor(c: Context): Actor {
  const actor = actorOf(c)
  if (!actor) throw new Error('This route is open to people who are not signed in')
  return actor
}
