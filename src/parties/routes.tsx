/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import { homeOf } from './account-links.ts'
import { actorOf, signedInActor, type PartiesEnv } from './actor.ts'
import { allow, publicRoute } from './allow.tsx'
import * as account from './pages/handle-account.tsx'
import * as business from './pages/handle-business.tsx'
import * as passkey from './pages/handle-passkeys.ts'
import * as newEmail from './pages/handle-new-email.tsx'
import * as people from './pages/handle-people.tsx'
import * as signIn from './pages/handle-sign-in.tsx'
import * as staff from './pages/handle-staff.tsx'
import type { PartiesParts } from './parts.ts'

export type { PartiesParts } from './parts.ts'
export { screeningRoutes, type ScreeningParts } from './screening/routes.tsx'

/** What people do with themselves and their business. */
export function partiesRoutes(parts: PartiesParts): Hono<PartiesEnv> {
  const routes = new Hono<PartiesEnv>()
  signInRoutes(routes, parts)
  accountRoutes(routes, parts)
  businessRoutes(routes, parts)

  const operate = allow('hub.operate')
  routes.get('/mailbox', operate, (c) => account.showMailbox(c, parts))
  routes.get('/operator/people', operate, (c) => people.showPeople(c, parts))
  routes.get('/operator/people/:person', operate, (c) => people.showPerson(c, parts))
  routes.post('/operator/people/:person', allow('role.grant'), (c) => people.changeRoles(c, parts))
  return routes
}

function signInRoutes(routes: Hono<PartiesEnv>, parts: PartiesParts): void {
  // Who is here already came to open a shop.
  routes.get('/join', publicRoute, async (c) =>
    actorOf(c) && !c.req.query('next')
      ? c.redirect('/business/new', 303)
      : signIn.showJoin(c, parts),
  )
  routes.post('/join', publicRoute, (c) => signIn.join(c, parts))
  routes.get('/sign-in', publicRoute, (c) => signIn.showSignIn(c, parts))
  routes.post('/sign-in', publicRoute, (c) => signIn.signInHere(c, parts))
  routes.post('/sign-in/demo', publicRoute, (c) => signIn.signInDemo(c, parts))
  routes.post('/sign-in/passkey/options', publicRoute, (c) => passkey.askToSignIn(c, parts))
  routes.post('/sign-in/passkey', publicRoute, (c) => passkey.signInByPasskey(c, parts))
  routes.get('/sign-out', publicRoute, (c) => signIn.showSignOut(c))
  routes.post('/sign-out', publicRoute, (c) => signIn.signOut(c, parts))
  routes.get('/forgot-password', publicRoute, (c) => account.showForgot(c, parts))
  routes.post('/forgot-password', publicRoute, (c) => account.forgot(c, parts))
  routes.get('/new-password', publicRoute, (c) => account.showNewPassword(c))
  routes.post('/new-password', publicRoute, (c) => account.newPassword(c, parts))
}

function accountRoutes(routes: Hono<PartiesEnv>, parts: PartiesParts): void {
  const use = allow('account.use')
  routes.get('/home', use, (c) => c.redirect(homeOf(signedInActor(c)), 303))
  routes.get('/welcome', use, (c) => business.showWelcome(c))
  routes.get('/account', use, (c) => account.showAccount(c, parts))
  routes.post('/account/password', use, (c) => account.setPassword(c, parts))
  routes.post('/account/email', use, (c) => newEmail.askNewEmail(c, parts))
  routes.get('/new-email', use, (c) => newEmail.showNewEmail(c))
  routes.post('/new-email', use, (c) => newEmail.takeEmail(c, parts))
  routes.get('/confirm-email', use, (c) => account.showConfirm(c))
  routes.post('/confirm-email', use, (c) => account.confirm(c, parts))
  routes.post('/account/confirm-again', use, (c) => account.confirmAgain(c, parts))
  routes.post('/account/sign-out-everywhere', use, (c) => account.signOutElsewhere(c, parts))
  routes.post('/account/passkeys/options', use, (c) => passkey.askForPasskey(c, parts))
  routes.post('/account/passkeys', use, (c) => passkey.addPasskey(c, parts))
  routes.post('/account/passkeys/remove', use, (c) => passkey.removePasskey(c, parts))
  routes.get('/invitation', use, (c) => staff.showInvitation(c, parts))
  routes.post('/invitation', use, (c) => staff.accept(c, parts))
}

function businessRoutes(routes: Hono<PartiesEnv>, parts: PartiesParts): void {
  const create = allow('business.create')
  routes.get('/business/new', create, (c) => business.showNewBusiness(c, parts))
  routes.post('/business/new', create, (c) => business.newBusiness(c, parts))

  const edit = allow('business.edit')
  const home = '/business/:business'
  routes.get(home, allow('business.view'), (c) => business.showBusiness(c, parts))
  routes.post(`${home}/setup`, edit, (c) => business.setUp(c, parts))
  routes.get(`${home}/profile`, edit, (c) => business.showProfile(c, parts))
  routes.post(`${home}/profile`, edit, (c) => business.editProfile(c, parts))

  const manage = allow('staff.manage')
  routes.get(`${home}/staff`, manage, (c) => staff.showStaff(c, parts))
  routes.post(`${home}/staff`, manage, (c) => staff.inviteStaff(c, parts))
  routes.post(`${home}/staff/change`, manage, (c) => staff.changeStaff(c, parts))
  routes.post(`${home}/staff/withdraw`, manage, (c) => staff.withdraw(c, parts))

  const keys = allow('keys.manage')
  routes.get(`${home}/keys`, keys, (c) => staff.showKeys(c, parts))
  routes.post(`${home}/keys`, keys, (c) => staff.makeKey(c, parts))
  routes.post(`${home}/keys/revoke`, keys, (c) => staff.revokeKey(c, parts))
}
