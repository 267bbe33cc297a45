/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import type { FieldError, Language } from '../../ui/index.ts'
import { signedInActor, type PartiesEnv } from '../actor.ts'
import { findBusiness } from '../businesses.ts'
import { checklistSteps, findOwnFacts, findSkipped, skipStep } from '../checklist.ts'
import { createBusiness } from '../create-business.ts'
import { schemesFor } from '../identifiers.ts'
import type { PartiesParts } from '../parts.ts'
import { findPerson } from '../people.ts'
import {
  checkProfile,
  findProfile,
  saveProfile,
  type Profile,
  type ProfileFault,
  type TypedProfile,
} from '../profile.ts'
import { BusinessHomePage } from './business-pages.tsx'
import { NewBusinessPage, WelcomePage } from './new-business-page.tsx'
import { errorOf, readForm, type Form } from './form.ts'
import { ProfilePage } from './profile-page.tsx'
import { readerOf } from './shell.tsx'

type C = Context<PartiesEnv>
type Handled = Response | Promise<Response>

export function showNewBusiness(
  c: C,
  parts: PartiesParts,
  values = { name: '', country: '', slug: '' },
  errors: readonly FieldError[] = [],
): Handled {
  const reader = readerOf(c)
  return c.html(<NewBusinessPage {...{ reader, errors, values }} />, errors.length ? 422 : 200)
}

export function showWelcome(c: C): Handled {
  return c.html(<WelcomePage reader={readerOf(c)} actor={signedInActor(c)} />)
}

export async function newBusiness(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const values = {
    name: form.text('name'),
    country: form.text('country'),
    slug: form.text('slug').toLowerCase(),
  }
  const made = await createBusiness(parts, { ...values, personId: signedInActor(c).personId })
  if (!isRefused(made)) return c.redirect(`/business/${made.businessId}`, 303)
  return showNewBusiness(c, parts, values, [errorOf(readerOf(c).language, made)])
}

export async function showBusiness(c: C, parts: PartiesParts): Promise<Response> {
  const id = c.req.param('business') ?? ''
  const actor = signedInActor(c)
  const { db, hub } = parts
  const [business, own, others, skipped, person] = await Promise.all([
    findBusiness(db.kysely, hub.id, id),
    findOwnFacts(db.kysely, hub.id, id),
    parts.checklistFacts?.(id),
    findSkipped(db.kysely, hub.id, id),
    findPerson(db.kysely, hub.id, actor.personId),
  ])
  if (!business) return c.notFound() as Response
  const steps = checklistSteps({ ...others, ...own }, skipped)
  const role = actor.businesses.get(id) ?? 'staff'
  const reader = readerOf(c)
  const emailConfirmed = person?.emailConfirmed ?? false
  const mailbox = parts.sendMail === undefined
  const links = parts.businessLinks?.(reader.language, id) ?? []
  const props = { reader, actor, business, role, steps, links, emailConfirmed, mailbox }
  return c.html(<BusinessHomePage {...props} />)
}

export async function setUp(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const businessId = c.req.param('business') ?? ''
  const { personId } = signedInActor(c)
  const skipped = form.text('skipped') === 'yes'
  await skipStep(parts, { businessId, personId, step: form.text('step'), skipped })
  return c.redirect(`/business/${businessId}`, 303)
}

export async function showProfile(c: C, parts: PartiesParts): Promise<Response> {
  const profile = await profileOf(c, parts)
  if (!profile) return c.notFound() as Response
  const saved = c.req.query('saved') !== undefined
  const props = { reader: readerOf(c), business: profile, typed: typedFrom(profile) }
  return c.html(<ProfilePage {...props} errors={[]} saved={saved} />)
}

export async function editProfile(c: C, parts: PartiesParts): Promise<Response> {
  const profile = await profileOf(c, parts)
  if (!profile) return c.notFound() as Response
  const typed = typedIn(await readForm(c), profile.country)
  const checked = checkProfile(profile.country, typed)
  if (Array.isArray(checked)) {
    const reader = readerOf(c)
    const errors = checked.map((fault) => faultError(reader.language, fault))
    const props = { reader, business: profile, typed, errors }
    return c.html(<ProfilePage {...props} saved={false} />, 422)
  }
  const { personId } = signedInActor(c)
  await saveProfile(parts, { businessId: profile.id, personId }, checked)
  return c.redirect(`/business/${profile.id}/profile?saved`, 303)
}

const profileOf = (c: C, { db, hub }: PartiesParts): Promise<Profile | undefined> =>
  findProfile(db.kysely, hub.id, c.req.param('business') ?? '')

function typedIn(form: Form, country: string): TypedProfile {
  const part = (name: string) => form.text(`address-${name}`)
  return {
    name: form.text('name'),
    about: form.text('about'),
    employees: form.text('employees'),
    turnoverBand: form.text('turnoverBand'),
    ownership: form.text('ownership'),
    identifiers: new Map(
      schemesFor(country).map(({ scheme }) => [scheme, form.text(`id-${scheme}`)]),
    ),
    shipFrom: {
      lines: part('lines'),
      district: part('district'),
      town: part('town'),
      region: part('region'),
      postcode: part('postcode'),
    },
  }
}

const typedFrom = ({ name, about, facts, identifiers, shipFrom }: Profile): TypedProfile => ({
  name,
  about,
  employees: facts.employees === undefined ? '' : String(facts.employees),
  turnoverBand: facts.turnoverBand ?? '',
  ownership: facts.ownership ?? '',
  identifiers,
  shipFrom: {
    lines: shipFrom?.lines.join('\n') ?? '',
    district: shipFrom?.district ?? '',
    town: shipFrom?.town ?? '',
    region: shipFrom?.region ?? '',
    postcode: shipFrom?.postcode ?? '',
  },
})

/** One fault of the profile as a sentence at its field. */
function faultError(language: Language, fault: ProfileFault): FieldError {
  const { t } = language
  switch (fault.field) {
    case 'identifier': {
      const { label = '', example = '' } = fault.why.facts
      const values = { label: String(label), example: String(example) }
      return { field: `id-${fault.scheme}`, message: t('parties.error.identifier', values) }
    }
    case 'address': {
      const { part, reason, example = '' } = fault
      const key =
        reason === 'missing' ? 'parties.error.addressMissing' : 'parties.error.addressPart'
      const name = t(`parties.address.${part}`)
      return { field: `address-${part}`, message: t(key, { part: name, example }) }
    }
    case 'name':
      return errorOf(language, fault.why)
    case 'employees':
      return { field: 'employees', message: t('parties.error.employeesNotValid') }
    default:
      return { field: fault.field, message: t('parties.error.choose') }
  }
}
