/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { signedInActor, type PartiesEnv } from '../actor.ts'
import { askForNewEmail, takeNewEmail } from '../change-email.ts'
import { sendMails } from '../mails.ts'
import type { PartiesParts } from '../parts.ts'
import { errorOf, readForm } from './form.ts'
import { showAccount } from './handle-account.tsx'
import { tooMany } from './handle-sign-in.tsx'
import { NewEmailPage } from './new-email-pages.tsx'
import { readerOf } from './shell.tsx'
import { originOf, visitorOf } from './visitor.ts'

type C = Context<PartiesEnv>

export async function askNewEmail(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const email = form.text('email')
  const no = await askForNewEmail(parts, {
    ...{ personId: signedInActor(c).personId, email, password: form.raw('own-password') },
    ...{ origin: originOf(c, parts), address: visitorOf(c, parts).address },
  })
  if (!no) {
    void sendMails(parts)
    return c.redirect('/account?done=newEmail', 303)
  }
  const { wait } = no.facts
  const error = errorOf(readerOf(c).language, typeof wait === 'number' ? tooMany(c, wait) : no)
  const field = error.field === 'old' ? 'own-password' : error.field
  return showAccount(c, parts, [{ ...error, field }], email)
}

export function showNewEmail(c: C): Response | Promise<Response> {
  const [token, email] = [c.req.query('token') ?? '', c.req.query('email') ?? '']
  return c.html(<NewEmailPage reader={readerOf(c)} {...{ token, email }} />)
}

export async function takeEmail(c: C, parts: PartiesParts): Promise<Response> {
  const form = await readForm(c)
  const [token, email] = [form.text('token'), form.text('email')]
  const { personId } = signedInActor(c)
  const session = c.get('parties')?.session
  const no = await takeNewEmail(parts, { token, email, personId, session })
  if (!no) void sendMails(parts)
  const codes = ['link-of-another', 'email-taken'] as const
  const problem = codes.find((code) => code === no?.refused) ?? 'link-not-valid'
  const outcome = no ? problem : 'changed'
  return c.html(
    <NewEmailPage reader={readerOf(c)} {...{ token, email, outcome }} />,
    no ? 422 : 200,
  )
}
