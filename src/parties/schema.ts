import type { Generated } from 'kysely'
import type { HubRole, StaffRole } from './actor.ts'
import type { Address } from './address.ts'

/** An instant arrives as ISO text (src/db/parsers.ts). */
type Instant = string

interface OfPerson {
  home_hub: string
  person_id: string
}

interface OfBusiness {
  home_hub: string
  business_id: string
}

export interface PeopleTable extends OfPerson {
  name: string
  email: string
  email_key: string
  locale: string
  email_confirmed_at: Instant | null
  created_at: Instant
}

export interface PasswordTable extends OfPerson {
  hash: string
  changed_at: Instant
}

export interface PasskeyTable extends OfPerson {
  credential_id: string
  public_key: Uint8Array
  counter: bigint
  transports: string[]
  label: string
  created_at: Instant
  last_used_at: Instant | null
}

export interface PasskeyChallengeTable {
  challenge_hash: Uint8Array
  home_hub: string
  person_id: string | null
  expires_at: Instant
}

export interface SessionTable extends OfPerson {
  token_hash: Uint8Array
  agent: string
  created_at: Instant
  seen_at: Instant
  expires_at: Instant
  ends_at: Instant
  rotate: Generated<boolean>
}

export interface KnownDeviceTable extends OfPerson {
  token_hash: Uint8Array
  last_used_at: Instant
}

export interface MailLinkTable extends OfPerson {
  token_hash: Uint8Array
  purpose: 'confirm-email' | 'reset-password'
  expires_at: Instant
}

export interface MailTable {
  home_hub: string
  mail_id: string
  to_address: string
  locale: string
  subject: string
  body: string
  state: Generated<'waiting' | 'sent' | 'failed'>
  attempts: Generated<number>
  due_at: Instant
  created_at: Instant
  last_error: string | null
}

export interface RateLimitTable {
  name: string
  whole_at: Instant
}

export type Screening = 'clear' | 'review' | 'blocked' | 'unscreened'

export interface BusinessTable {
  home_hub: string
  id: string
  slug: string
  name: string
  country: string
  about: Generated<string>
  employees: number | null
  turnover_band: string | null
  ownership: string | null
  ship_from: Address | null
  screening: Generated<Screening>
  created_at: Instant
  updated_at: Instant
}

export interface BusinessIdentifierTable extends OfBusiness {
  scheme: string
  value: string
}

export interface MembershipTable extends OfBusiness {
  person_id: string
  role: StaffRole
  since: Instant
}

export interface InvitationTable extends OfBusiness {
  invitation_id: string
  email: string
  role: StaffRole
  token_hash: Uint8Array
  invited_by: string
  created_at: Instant
  expires_at: Instant
  accepted_at: Instant | null
}

export interface HubRoleTable extends OfPerson {
  role: HubRole
  granted_by: string | null
  granted_at: Instant
}

export interface CuratorTable extends OfPerson {
  country: string
  granted_by: string | null
  granted_at: Instant
}

export interface ApiKeyTable extends OfBusiness {
  key_id: string
  prefix: string
  secret_hash: Uint8Array
  label: string
  scopes: string[]
  made_by: string
  created_at: Instant
  expires_at: Instant | null
  last_used_at: Instant | null
  revoked_at: Instant | null
}

export interface SetupStepTable extends OfBusiness {
  step: string
  state: 'done' | 'skipped'
  person_id: string
  at: Instant
}

declare module '../db/tables.ts' {
  interface Tables {
    people: PeopleTable
    passwords: PasswordTable
    passkeys: PasskeyTable
    passkey_challenges: PasskeyChallengeTable
    sessions: SessionTable
    known_devices: KnownDeviceTable
    mail_links: MailLinkTable
    mails: MailTable
    rate_limits: RateLimitTable
    businesses: BusinessTable
    business_identifiers: BusinessIdentifierTable
    memberships: MembershipTable
    invitations: InvitationTable
    hub_roles: HubRoleTable
    curators: CuratorTable
    api_keys: ApiKeyTable
    setup_steps: SetupStepTable
  }
}
