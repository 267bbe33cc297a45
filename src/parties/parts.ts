import type { Context } from 'hono'
import type { RandomBytes } from '../basis/uuid.ts'
import type { Database } from '../db/index.ts'
import type { Language, NavLink } from '../ui/index.ts'
import type { StepFacts } from './checklist.ts'

/** A mail ready to go: plain text, one address. */
export interface OutgoingMail {
  to: string
  subject: string
  text: string
  /** The hub's own id of it, so that a mail sent twice can be told. */
  id: string
}

/** A person of the demo world who can be signed in as with one click. */
export interface DemoSignIn {
  label: string
  personId: string
}

/** What this capability needs of the hub. */
export interface PartiesParts {
  db: Database
  /** Unix milliseconds. */
  now(): number
  random: RandomBytes
  hub: {
    id: string
    name: string
    /** Where people reach the hub, such as `https://hub.example`: for the links in mails. */
    origin?: string | undefined
    /** A proxy of the operator's own stands in front and adds the visitor's address. */
    behindProxy?: boolean | undefined
  }
  /** Hands a mail to the mail server; without one, mails stay for the mailbox page. */
  sendMail?: ((mail: OutgoingMail) => Promise<void>) | undefined
  /** Who can be signed in as with one click; only in demo mode, empty otherwise. */
  demoSignIns?: ((locale: string) => Promise<readonly DemoSignIn[]>) | undefined
  /** What the other capabilities know of a business's set-up; steps that none knows are not shown. */
  checklistFacts?: ((businessId: string) => Promise<StepFacts>) | undefined
  /** Where else a business is worked on: its goods, its orders. Shown on its home. */
  businessLinks?: ((language: Language, businessId: string) => readonly NavLink[]) | undefined
  /** Somebody signs out: what else their browser has of them here is to go. */
  leaving?: ((c: Context) => Promise<void>) | undefined
  /** Where faults behind a request are logged that should not break it. */
  report(error: unknown, message: string): void
}
