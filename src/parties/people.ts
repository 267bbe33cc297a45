import { sql } from 'kysely'
import type { Db } from '../db/index.ts'
import './schema.ts'

export interface Person {
  personId: string
  name: string
  email: string
  locale: string
  emailConfirmed: boolean
}

/** What an address of mail is found by: capitals and odd forms of letters do not make another person. */
export const emailKey = (email: string): string => email.trim().normalize('NFKC').toLowerCase()

/** A form that can be an address; whether mail arrives there only a mail can tell. */
export function isEmail(text: string): boolean {
  const email = text.trim()
  return (
    email.length <= 254 &&
    /^[^\s@<>"(),:;\\[\]\p{Cc}]{1,64}@[^\s@<>"(),:;\\[\]\p{Cc}]+\.[^\s@<>"(),:;\\[\].\p{Cc}]{2,}$/u.test(
      email,
    )
  )
}

export async function findPerson(
  db: Db,
  homeHub: string,
  personId: string,
): Promise<Person | undefined> {
  const row = await people(db, homeHub).where('person_id', '=', personId).executeTakeFirst()
  return row && personOf(row)
}

export async function findPersonByEmail(
  db: Db,
  homeHub: string,
  email: string,
): Promise<Person | undefined> {
  const row = await people(db, homeHub).where('email_key', '=', emailKey(email)).executeTakeFirst()
  return row && personOf(row)
}

/** Whether nobody has joined yet: the first who does runs the hub. */
export async function isFresh(db: Db, homeHub: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    select not exists (select from people where home_hub = ${homeHub}) as fresh`.execute(db)
  return rows[0]?.fresh ?? false
}

const people = (db: Db, homeHub: string) =>
  db
    .selectFrom('people')
    .select(['person_id', 'name', 'email', 'locale', 'email_confirmed_at'])
    .where('home_hub', '=', homeHub)

const personOf = (row: {
  person_id: string
  name: string
  email: string
  locale: string
  email_confirmed_at: string | null
}): Person => ({
  personId: row.person_id,
  name: row.name,
  email: row.email,
  locale: row.locale,
  emailConfirmed: row.email_confirmed_at !== null,
})
