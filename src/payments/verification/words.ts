// Words of verifications in the reader's language.
import type { Refused } from '../../basis/refusal.ts'
import type { FieldError, Language, MessageKey } from '../../ui/index.ts'
import type { DocumentKind, VerificationState } from './verification.ts'

const documents = {
  passport: 'payments.verification.passport',
  'identity-card': 'payments.verification.identityCard',
  'residence-permit': 'payments.verification.residencePermit',
  'register-extract': 'payments.verification.registerExtract',
} as const satisfies Readonly<Record<DocumentKind, MessageKey>>

export const documentWord = ({ t }: Language, document: DocumentKind): string =>
  t(documents[document])

export const stateWord = ({ t }: Language, state: VerificationState): string =>
  t(`payments.verification.state.${state}`)

/** The field that each refusal is about, and its sentence. */
const places: Readonly<Record<string, readonly [field: string, key: MessageKey]>> = {
  'document-not-known': ['document', 'payments.verification.error.document'],
  'country-not-known': ['country', 'payments.verification.error.country'],
  'valid-until-not-known': ['valid-until', 'payments.verification.error.validUntil'],
  'document-expired': ['valid-until', 'payments.verification.error.expired'],
  'pictures-missing': ['front', 'payments.verification.error.pictures'],
  'already-waiting': ['document', 'payments.verification.error.waiting'],
  'too-many-asked': ['document', 'payments.verification.error.often'],
  'no-such-verification': ['outcome', 'payments.verification.error.gone'],
  'not-waiting': ['outcome', 'payments.verification.error.gone'],
  'not-verified': ['outcome', 'payments.verification.error.gone'],
  'outcome-missing': ['outcome', 'payments.verification.error.outcome'],
  'own-matter': ['outcome', 'payments.verification.error.own'],
  'name-changed': ['outcome', 'payments.verification.error.name'],
  'reason-missing': ['reason', 'payments.verification.error.reason'],
  'reason-too-long': ['reason', 'payments.verification.error.reasonLong'],
  'picture-empty': ['front', 'catalogue.picture.pictureEmpty'],
  'picture-too-large': ['front', 'catalogue.picture.pictureTooLarge'],
  'picture-unknown-kind': ['front', 'catalogue.picture.pictureUnknownKind'],
  'picture-holds-more': ['front', 'catalogue.picture.pictureHoldsMore'],
  'picture-too-many-pixels': ['front', 'catalogue.picture.pictureTooManyPixels'],
  'picture-too-small': ['front', 'catalogue.picture.pictureTooSmall'],
  'picture-broken': ['front', 'catalogue.picture.pictureBroken'],
}

/** A refusal as the one error of a form; of a picture at the field that it came from. */
export function errorOf(
  { t }: Language,
  { refused, facts }: Refused,
  side?: 'front' | 'back',
): FieldError {
  const [field, key] = places[refused] ?? ['outcome', 'payments.error.refused']
  const values: Record<string, string | number> = { code: refused }
  for (const [name, value] of Object.entries(facts))
    values[name] = typeof value === 'number' ? value : String(value)
  return { field: side ?? field, message: t(key, values) }
}
