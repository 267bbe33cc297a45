/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import type { FieldError } from '../../ui/index.ts'
import { signedInActor, type PartiesEnv } from '../actor.ts'
import { findPeople, findPersonWithRoles, grantFrom, grantRole } from '../hub-roles.ts'
import type { PartiesParts } from '../parts.ts'
import { errorOf, readForm } from './form.ts'
import { PeoplePage, PersonPage } from './people-page.tsx'
import { readerOf } from './shell.tsx'

type C = Context<PartiesEnv>

export async function showPeople(c: C, parts: PartiesParts): Promise<Response> {
  const text = plain(c.req.query('q'))
  const found = await findPeople(parts.db.kysely, parts.hub.id, {
    text,
    after: plain(c.req.query('after')),
  })
  const props = { reader: readerOf(c), text, errors: [], saved: false }
  return c.html(<PeoplePage {...props} {...found} />)
}

/** What the database takes as text. */
const plain = (text = ''): string =>
  text
    .slice(0, 200)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, '')
    .trim()

export async function showPerson(
  c: C,
  parts: PartiesParts,
  errors: readonly FieldError[] = [],
): Promise<Response> {
  const id = c.req.param('person') ?? ''
  const person = await findPersonWithRoles(parts.db.kysely, parts.hub.id, id)
  if (!person) return c.notFound() as Response
  const saved = c.req.query('saved') !== undefined
  const reader = readerOf(c)
  return c.html(<PersonPage {...{ reader, person, errors, saved }} />, errors.length ? 422 : 200)
}

export async function changeRoles(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const personId = c.req.param('person') ?? ''
  const country = form.text('country')
  const grant = grantFrom(country ? `country:${country}` : form.text('grant'))
  if (!grant) return c.redirect(`/operator/people/${encodeURIComponent(personId)}`, 303)
  const given = form.text('given') === 'yes'
  const no = await grantRole(parts, { personId, grant, given, by: signedInActor(c).personId })
  if (no) return showPerson(c, parts, [errorOf(readerOf(c).language, no)])
  return c.redirect(`/operator/people/${encodeURIComponent(personId)}?saved`, 303)
}
