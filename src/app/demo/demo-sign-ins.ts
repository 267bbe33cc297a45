import type { Db } from '../../db/index.ts'
import type { DemoSignIn } from '../../parties/index.ts'
import { messagesFor } from '../../ui/index.ts'
import './schema.ts'
import './words.ts'

/** Whether this hub is a demo: only then does it offer sign-in by one click, and says so on every page. */
export async function isDemo(db: Db, homeHub: string): Promise<boolean> {
  const world = await db
    .selectFrom('demo_worlds')
    .select('seed')
    .where('home_hub', '=', homeHub)
    .executeTakeFirst()
  return world !== undefined
}

/** The people that a visitor of the demo may be, in the words of a language. */
export async function demoSignIns(db: Db, homeHub: string, locale = 'en'): Promise<DemoSignIn[]> {
  const rows = await db
    .selectFrom('demo_people as d')
    .innerJoin('people as p', (join) =>
      join.onRef('p.home_hub', '=', 'd.home_hub').onRef('p.person_id', '=', 'd.person_id'),
    )
    .select(['d.person_id', 'd.part', 'd.business_name', 'p.name'])
    .where('d.home_hub', '=', homeHub)
    .orderBy('d.position')
    .execute()
  const t = messagesFor(locale)
  return rows.map(({ person_id, part, business_name, name }) => ({
    personId: person_id,
    label: t(`demo.${part}`, { name, business: business_name ?? '' }),
  }))
}
