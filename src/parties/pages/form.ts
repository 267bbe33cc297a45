import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { cleanText } from '../../basis/clean-text.ts'
import type { RefusalFacts } from '../../basis/refusal.ts'
import type { FieldError, Language, MessageKey } from '../../ui/index.ts'
import '../words.ts'

/** What was typed into a form. */
export interface Form {
  /** One value as pages show it, without blanks around it; empty when it is missing. */
  text(name: string): string
  /** As typed: for passwords. */
  raw(name: string): string
  /** Every value that is not empty. */
  all(name: string): string[]
}

const longest = 4_000

/** Reads a form. What no database takes (NUL, half letters) never gets further than here. */
export async function readForm(c: Context): Promise<Form> {
  const body = await c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400)
  })
  const all = (name: string): string[] =>
    [body[name]]
      .flat()
      .filter((value) => typeof value === 'string')
      .map(clean)
  const raw = (name: string): string => all(name)[0] ?? ''
  return { raw, text: (name) => cleanText(raw(name)), all: (name) => all(name).filter(Boolean) }
}

const clean = (text: string): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')

/** The sentence for each code of a refusal, and the field that it is about. */
const places: Readonly<Record<string, readonly [field: string, key: MessageKey]>> = {
  'name-missing': ['name', 'parties.error.nameMissing'],
  'name-has-link': ['name', 'parties.error.nameHasLink'],
  'email-not-valid': ['email', 'parties.error.emailNotValid'],
  'email-as-before': ['email', 'parties.error.emailAsBefore'],
  'email-taken': ['email', 'parties.error.emailTaken'],
  'password-too-short': ['password', 'parties.error.passwordTooShort'],
  'password-too-long': ['password', 'parties.error.passwordTooLong'],
  'password-too-common': ['password', 'parties.error.passwordTooCommon'],
  'old-password-wrong': ['old', 'parties.error.oldPasswordWrong'],
  'sign-in-failed': ['email', 'parties.error.signInFailed'],
  'too-many-tries': ['email', 'parties.error.tooManyTries'],
  'link-not-valid': ['password', 'parties.error.linkNotValid'],
  'business-name-missing': ['name', 'parties.error.businessNameMissing'],
  'slug-not-valid': ['slug', 'parties.error.slugNotValid'],
  'slug-taken': ['slug', 'parties.error.slugTaken'],
  'owner-blocked': ['name', 'parties.error.ownerBlocked'],
  'country-missing': ['country', 'parties.error.countryMissing'],
  'employees-not-valid': ['employees', 'parties.error.employeesNotValid'],
  'role-missing': ['role', 'parties.error.roleMissing'],
  'label-missing': ['label', 'parties.error.labelMissing'],
  'scopes-missing': ['scopes', 'parties.error.scopesMissing'],
  'last-owner': ['members', 'parties.error.lastOwner'],
  'last-operator': ['people', 'parties.error.lastOperator'],
  'member-already': ['email', 'parties.error.memberAlready'],
  'passkey-failed': ['passkey', 'parties.error.passkeyFailed'],
}

/** A refusal as the one error of a form. */
export function errorOf(
  { t }: Language,
  { refused: code, facts }: { refused: string; facts: RefusalFacts },
): FieldError {
  const [field, key] = places[code] ?? ['form', 'parties.error.refused']
  const values = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : String(value),
    ]),
  )
  return { field, message: t(key, { ...values, code }) }
}
