// The people and businesses of the demo world, through the same use cases as real ones.
import { isRefused } from '../../basis/refusal.ts'
import { transact } from '../../db/index.ts'
import {
  createBusiness,
  decideScreening,
  findBusinessBySlug,
  grantRole,
  joinHub,
  saveProfile,
  screenBusiness,
  type Address,
  type PartiesParts,
} from '../../parties/index.ts'
import type { OpenScreening } from '../../parties/index.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { cell, countries, ownLocales, type Row } from './read-data.ts'
import type { DemoPart } from './schema.ts'
import './schema.ts'

export type DemoSeller = {
  readonly slug: string
  readonly businessId: string
  readonly personId: string
  readonly country: string
}

type Parts = PartiesParts & {
  readonly screening: OpenScreening
  /** By the hub's clock, not the world's: it is held against the days on which lists were read in. */
  readonly screenedAt: number
}

const guests: readonly { name: string; part: DemoPart; locale: string }[] = [
  { name: 'Nadia Hassan', part: 'operator', locale: 'en' },
  { name: 'Kofi Mensah', part: 'officer', locale: 'en' },
  { name: 'Lena Fischer', part: 'visitor', locale: 'en' },
]

/** Everybody who has no goods: the first of them becomes the operator of a fresh hub. Returns ids by part. */
export async function makeGuests(parts: PartiesParts): Promise<ReadonlyMap<DemoPart, string>> {
  const made = new Map<DemoPart, string>()
  for (const { name, part, locale } of guests) made.set(part, await join(parts, name, locale))
  const [operator, officer] = [made.get('operator'), made.get('officer')]
  if (!operator || !officer) throw new Error('The demo world has no operator or no officer')
  await grantRole(parts, {
    personId: officer,
    grant: { role: 'customs-officer' },
    given: true,
    by: operator,
  })
  return made
}

/** Those who sell, each the owner of a business whose address and facts are told; the first of a country curates it. */
export async function makeSellers(
  parts: Parts,
  rows: readonly Row[],
  guestIds: ReadonlyMap<DemoPart, string>,
): Promise<DemoSeller[]> {
  const sellers: DemoSeller[] = []
  for (const row of rows) sellers.push(await makeSeller(parts, row))
  for (const country of countries) {
    const first = sellers.find((each) => each.country === country)
    const by = guestIds.get('operator')
    if (first && by)
      await grantRole(parts, { personId: first.personId, grant: { country }, given: true, by })
  }
  await screenAll(parts, sellers, rows, guestIds.get('officer') ?? '')
  return sellers
}

async function makeSeller(parts: Parts, row: Row): Promise<DemoSeller> {
  const [slug, country, name] = [cell(row, 'slug'), cell(row, 'country'), cell(row, 'name')]
  const spoken = ownLocales[country]
  const locale = spoken && ['zh-Hans', 'ms', 'th', 'fr'].includes(spoken) ? spoken : 'en'
  const personId = await join(parts, cell(row, 'owner'), locale)
  const known = await findBusinessBySlug(parts.db.kysely, slug)
  if (known) return { slug, country, personId, businessId: known.id }
  const made = await createBusiness(parts, { personId, name, country, slug })
  if (isRefused(made)) throw new Error(`${slug} was refused: ${made.refused}`)
  const { businessId } = made
  await saveProfile(
    parts,
    { businessId, personId },
    {
      name,
      about: cell(row, 'about'),
      facts: { employees: Number(cell(row, 'employees')), ownership: 'independent' },
      identifiers: new Map(),
      shipFrom: addressOf(row),
    },
  )
  return { slug, country, personId, businessId }
}

function addressOf(row: Row): Address {
  return {
    country: cell(row, 'country'),
    lines: [cell(row, 'street')],
    town: row['town'] ?? '',
    ...(row['district'] ? { district: row['district'] } : {}),
    ...(row['region'] ? { region: row['region'] } : {}),
    ...(row['postcode'] ? { postcode: row['postcode'] } : {}),
  }
}

/** The person of this name, who joins if they are not there yet. Signs in by one click only: there is no password. */
async function join(parts: PartiesParts, name: string, locale: string): Promise<string> {
  const email = `${emailName(name)}@demo.example`
  const known = await parts.db.kysely
    .selectFrom('people')
    .select('person_id')
    .where('home_hub', '=', parts.hub.id)
    .where('email_key', '=', email)
    .executeTakeFirst()
  if (known) return known.person_id
  const joined = await joinHub(parts, {
    ...{ name, email, locale, password: undefined, emailConfirmed: true },
    origin: parts.hub.origin ?? 'http://demo.example',
  })
  if (isRefused(joined)) throw new Error(`${name} was refused: ${joined.refused}`)
  return joined.personId
}

const emailName = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')

/**
 * Every business is screened against the lists this hub holds. Whom a list makes doubtful the demo's officer lets in,
 * with the true reason; a hub without lists screens nobody, so there they stay unscreened, as in any other.
 */
async function screenAll(
  parts: Parts,
  sellers: readonly DemoSeller[],
  rows: readonly Row[],
  officer: string,
): Promise<void> {
  const screener = await parts.screening.screener(parts.db.kysely)
  const { screenedAt: at } = parts
  const homeHub = parts.hub.id
  for (const [place, { businessId, slug }] of sellers.entries()) {
    const id = businessId
    const row = rows[place]
    const names = [row ? cell(row, 'name') : slug]
    const { state } = await transact(parts.db, (tx) =>
      screenBusiness(tx, screener, { homeHub, id, names }, at),
    )
    if (state !== 'review') continue
    const decided = await decideScreening(parts.db, {
      ...{ homeHub, kind: 'business', subjectId: id, decision: 'clear', seen: screener.version },
      id: uuidv7(parts.now(), parts.random),
      reason: 'An invented business of the demo world; nobody is behind it.',
      officer: { personId: officer, name: 'Kofi Mensah' },
      at,
    })
    if (isRefused(decided)) throw new Error(`${slug} was not let in: ${decided.refused}`)
  }
}
