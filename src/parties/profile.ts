import { cleanText } from '../basis/clean-text.ts'
import { isRefused, type Refused } from '../basis/refusal.ts'
import { appendEvent, timestamptz, transact, type Db } from '../db/index.ts'
import { checkAddress, type Address, type AddressFault, type TypedAddress } from './address.ts'
import { findBusiness, type Business } from './businesses.ts'
import { checkIdentifier } from './identifiers.ts'
import { businessNameFrom } from './names.ts'
import type { PartiesParts } from './parts.ts'
import './schema.ts'

/** Yearly turnover in euro or its worth, by the lines of EU micro, small and medium firms, and below. */
export const turnoverBands = [
  'to-100k',
  'to-700k',
  'to-2m',
  'to-10m',
  'to-50m',
  'over-50m',
] as const

/** Recommendation 2003/361/EC: a firm of its own; a quarter or more held by another; held by a group. */
export const ownerships = ['independent', 'partner', 'linked'] as const

/** What relief for small firms asks, as far as it was told. */
export interface SmallBusinessFacts {
  employees?: number
  turnoverBand?: (typeof turnoverBands)[number]
  ownership?: (typeof ownerships)[number]
}

export interface Profile extends Business {
  facts: SmallBusinessFacts
  /** Scheme to number. */
  identifiers: ReadonlyMap<string, string>
}

export async function findProfile(
  db: Db,
  homeHub: string,
  businessId: string,
): Promise<Profile | undefined> {
  const business = await findBusiness(db, homeHub, businessId)
  if (!business) return undefined
  const [row, identifiers] = await Promise.all([
    db
      .selectFrom('businesses')
      .select(['employees', 'turnover_band', 'ownership'])
      .where('home_hub', '=', homeHub)
      .where('id', '=', businessId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('business_identifiers')
      .select(['scheme', 'value'])
      .where('home_hub', '=', homeHub)
      .where('business_id', '=', businessId)
      .execute(),
  ])
  return {
    ...business,
    facts: factsOf(row),
    identifiers: new Map(identifiers.map(({ scheme, value }) => [scheme, value])),
  }
}

function factsOf(row: {
  employees: number | null
  turnover_band: string | null
  ownership: string | null
}): SmallBusinessFacts {
  const turnoverBand = turnoverBands.find((each) => each === row.turnover_band)
  const ownership = ownerships.find((each) => each === row.ownership)
  return {
    ...(row.employees === null ? {} : { employees: row.employees }),
    ...(turnoverBand ? { turnoverBand } : {}),
    ...(ownership ? { ownership } : {}),
  }
}

/** What was typed into the profile's form. */
export interface TypedProfile {
  name: string
  about: string
  employees: string
  turnoverBand: string
  ownership: string
  /** Scheme to what was typed. */
  identifiers: ReadonlyMap<string, string>
  /** Every part empty: no address yet. */
  shipFrom: TypedAddress
}

export interface CheckedProfile {
  name: string
  about: string
  facts: SmallBusinessFacts
  identifiers: Map<string, string>
  shipFrom?: Address
}

export type ProfileFault =
  | { field: 'name'; why: Refused }
  | { field: 'employees' | 'turnoverBand' | 'ownership' }
  | { field: 'identifier'; scheme: string; why: Refused }
  | ({ field: 'address' } & AddressFault)

/** Pure: the profile as it would be written, or everything that is wrong with it. */
export function checkProfile(
  country: string,
  typed: TypedProfile,
): CheckedProfile | ProfileFault[] {
  const faults: ProfileFault[] = []
  const name = businessNameFrom(typed.name)
  if (isRefused(name)) faults.push({ field: 'name', why: name })
  if (!/^\d{0,6}$/.test(typed.employees)) faults.push({ field: 'employees' })
  const turnoverBand = turnoverBands.find((each) => each === typed.turnoverBand)
  if (typed.turnoverBand && !turnoverBand) faults.push({ field: 'turnoverBand' })
  const ownership = ownerships.find((each) => each === typed.ownership)
  if (typed.ownership && !ownership) faults.push({ field: 'ownership' })
  const identifiers = new Map<string, string>()
  for (const [scheme, text] of typed.identifiers) {
    if (text.trim() === '') continue
    const number = checkIdentifier(country, scheme, text)
    if (isRefused(number)) faults.push({ field: 'identifier', scheme, why: number })
    else identifiers.set(scheme, number)
  }
  const told = Object.values(typed.shipFrom).some((value) => value.trim() !== '')
  const shipFrom = told ? checkAddress(country, typed.shipFrom) : undefined
  if (Array.isArray(shipFrom))
    faults.push(...shipFrom.map((fault) => ({ field: 'address' as const, ...fault })))
  if (isRefused(name) || faults.length > 0 || Array.isArray(shipFrom)) return faults
  const employees = typed.employees === '' ? {} : { employees: Number(typed.employees) }
  return {
    name,
    about: cleanText(typed.about.slice(0, 2000)),
    facts: {
      ...employees,
      ...(turnoverBand ? { turnoverBand } : {}),
      ...(ownership ? { ownership } : {}),
    },
    identifiers,
    ...(shipFrom ? { shipFrom } : {}),
  }
}

/** Writes a checked profile. A new name has to be screened again; who is blocked stays so until an officer decides. */
export async function saveProfile(
  parts: PartiesParts,
  { businessId, personId }: { businessId: string; personId: string },
  profile: CheckedProfile,
): Promise<void> {
  const at = timestamptz(parts.now())
  const of = { home_hub: parts.hub.id, business_id: businessId }
  const { name, about, facts, identifiers, shipFrom } = profile
  await transact(parts.db, async (tx) => {
    await tx
      .updateTable('businesses')
      .set((is) => ({
        name,
        about,
        employees: facts.employees ?? null,
        turnover_band: facts.turnoverBand ?? null,
        ownership: facts.ownership ?? null,
        ship_from: shipFrom ?? null,
        screening: is
          .case()
          .when(is.or([is('name', '=', name), is('screening', '=', 'blocked')]))
          .then(is.ref('screening'))
          .else('unscreened' as const)
          .end(),
        updated_at: at,
      }))
      .where('home_hub', '=', of.home_hub)
      .where('id', '=', businessId)
      .execute()
    await tx
      .deleteFrom('business_identifiers')
      .where('home_hub', '=', of.home_hub)
      .where('business_id', '=', businessId)
      .execute()
    const rows = [...identifiers].map(([scheme, value]) => ({ ...of, scheme, value }))
    if (rows.length > 0) await tx.insertInto('business_identifiers').values(rows).execute()
    await tx
      .insertInto('setup_steps')
      .values({ ...of, step: 'identity', state: 'done', person_id: personId, at })
      .onConflict((conflict) => conflict.constraint('setup_steps_pk').doNothing())
      .execute()
    await appendEvent(tx, {
      hub: of.home_hub,
      at: parts.now(),
      kind: 'business.profile-saved',
      subject: businessId,
      actor: personId,
      body: { schemes: [...identifiers.keys()], shipFrom: shipFrom !== undefined },
    })
  })
}
