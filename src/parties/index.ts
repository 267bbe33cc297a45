/**
 * Who takes part: people, businesses and what each may do. Sign-in follows NIST SP 800-63B and OWASP
 * ASVS 5.0 (V6, V7); passkeys are W3C Web Authentication; identifiers of businesses follow the
 * registers that give them (ISO 17442 for LEI, EU EORI and VAT, and national ones); addresses the
 * templates of UPU S42. The table of permissions (permissions.ts) is the only place that says who
 * may do what.
 */
export { ownAmong } from './own-among.ts'
export { actorOf, hubRoles, signedInActor, staffRoles } from './actor.ts'
export type { Actor, HubRole, PartiesEnv, StaffRole } from './actor.ts'
export { accountLinks } from './account-links.ts'
export { accessOf, allow, everybody, publicRoute, requireAccess } from './allow.tsx'
export type { Access, RouteAccess } from './allow.tsx'
export { addressFormat, addressLines, checkAddress } from './address.ts'
export type { Address, AddressFault, AddressPart, TypedAddress } from './address.ts'
export {
  checklistSteps,
  type ChecklistStep,
  type StepFact,
  type StepFacts,
  type StepId,
} from './checklist.ts'
export { createBusiness, type CreateBusiness } from './create-business.ts'
export { forgetExpired } from './forget-expired.ts'
export { faultsOf, readBody, readQuery } from './api-read.ts'
export { commandAnswer, idempotencyKey } from './idempotency.ts'
export { grantRole, type Grant } from './hub-roles.ts'
export { joinHub, type JoinCommand, type Joined } from './join.ts'
export { sendMails, writeMail } from './mails.ts'
export { findPerson } from './people.ts'
export { namesOf } from './names-of.ts'
export { findProfile, saveProfile } from './profile.ts'
export type { CheckedProfile, Profile, SmallBusinessFacts } from './profile.ts'
export { findBusiness, findBusinessBySlug, type Business } from './businesses.ts'
export type { DemoSignIn, OutgoingMail, PartiesParts } from './parts.ts'
export { judge, permissions, scopes } from './permissions.ts'
export type { Action, Permission, Scope, Verdict } from './permissions.ts'
export type { Screening } from './schema.ts'
export { countTries, limits, tryOnce, type Limit } from './rate-limits.ts'
export { countryOptions } from './pages/new-business-page.tsx'
export { demoNotice } from './pages/demo-notice.tsx'
export { visitorOf } from './pages/visitor.ts'
export { withActor } from './with-actor.ts'
export {
  blockedAmong,
  createScreener,
  decideScreening,
  followNames,
  keepList,
  listCodes,
  openScreening,
  readList,
  rescreenDue,
  reviewFrom,
  screenBusiness,
  screeningState,
  screenSubjects,
} from './screening/index.ts'
export type {
  Hit,
  KeptHit,
  ListCode,
  ListedEntry,
  Screener,
  Screening as OpenScreening,
} from './screening/index.ts'
export { fromOurPages } from './same-origin.ts'
