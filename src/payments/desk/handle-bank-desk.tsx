/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isUuid, uuidv7 } from '../../basis/uuid.ts'
import type { Answer } from '../../db/index.ts'
import { blockedAmong, namesOf, signedInActor } from '../../parties/index.ts'
import type { FieldError, Language, MessageKey } from '../../ui/index.ts'
import { readerOf } from '../pages/shell.tsx'
import type { PaymentParts } from '../parts.ts'
import {
  findBankFileBytes,
  findBankFiles,
  findPayoutsIn,
  findReasons,
  findWaiting,
} from '../rails/bank/find-bank-files.ts'
import { makeBankFiles, mostInFile } from '../rails/bank/make-bank-files.ts'
import { sandboxStatement } from '../rails/bank/sandbox-statement.ts'
import { sayHowItEnded } from '../rails/bank/say-how-it-ended.ts'
import { bankAmong } from '../rails/rails.ts'
import { BankDeskPage } from './bank-desk-page.tsx'
import { BankFilePage } from './bank-file-page.tsx'

type Typed = { readonly payouts: readonly string[]; readonly on: string; readonly reason: string }
type Shown = { refusal?: Refused; typed?: Typed }

/** GET /operator/money/bank: payouts that wait for a file, and the files. */
export const showBankDesk = (c: Context, parts: PaymentParts): Promise<Response> =>
  desk(c, parts, {})

async function desk(c: Context, parts: PaymentParts, { refusal, typed }: Shown): Promise<Response> {
  const db = parts.db.kysely
  const rail = bankAmong(parts.rails.rails)
  const [payouts, files] = rail
    ? await Promise.all([findWaiting(db, rail.name, mostInFile), findBankFiles(db, rail.name)])
    : [[], []]
  const holders = payouts.map(({ holder }) => holder)
  const [names, blocked] = await Promise.all([
    namesOf(db, parts.hub.id, holders),
    blockedAmong(db, parts.hub.id, holders),
  ])
  const reader = readerOf(c)
  return c.html(
    <BankDeskPage
      {...{
        reader,
        rail,
        files,
        typed,
        today: parts.today(),
        ...formOf(reader.language, parts, refusal),
      }}
      waiting={payouts.map((payout) => ({
        payout,
        holder: names.get(payout.holder.id) ?? '',
        isBlocked: blocked.has(payout.holder.id),
      }))}
    />,
    refusal ? 422 : 200,
  )
}

/** POST /operator/money/bank/files: makes one of the chosen payouts, and leads to it. */
export async function makeFile(c: Context, parts: PaymentParts): Promise<Response> {
  const rail = bankAmong(parts.rails.rails)
  if (!rail) return c.notFound()
  const { key, typed } = await readForm(c)
  const { payouts, on } = typed
  // The sender's key names the command; ids in the books are our own.
  const id = uuidv7(parts.now(), parts.random)
  const { personId } = signedInActor(c)
  const request = JSON.stringify([rail.name, payouts, on])
  const body = { id, rail: rail.name, bank: rail.bank, payouts, on }
  const command = { actor: personId, kind: 'bank-file', key, request, body }
  const [answer] = isUuid(key) ? await makeBankFiles(parts.rails, [command], parts.now()) : []
  const made = outcomeOf(answer)
  if (isRefused(made)) return desk(c, parts, { refusal: made, typed })
  return c.redirect(`/operator/money/bank/files/${String(made['file'])}`, 303)
}

/** POST /operator/money/bank/words: how payouts ended, by the operator; leads back to the file or to those that wait. */
export async function sayWord(c: Context, parts: PaymentParts): Promise<Response> {
  const { key, typed, file, outcome } = await readForm(c)
  const { payouts, reason } = typed
  const { personId, businesses } = signedInActor(c)
  const request = JSON.stringify([payouts, outcome, reason])
  const body = { payouts, outcome, reason, own: [personId, ...businesses.keys()] }
  const command = { actor: personId, kind: 'bank-word', key, request, body }
  const [answer] = isUuid(key) ? await sayHowItEnded(parts.rails, [command], parts.now()) : []
  const said = outcomeOf(answer)
  if (!isRefused(said))
    return c.redirect(`/operator/money/bank${isUuid(file) ? `/files/${file}` : ''}`, 303)
  const shown = { refusal: said, typed }
  return (isUuid(file) && (await filePage(c, parts, file, shown))) || desk(c, parts, shown)
}

/** GET /operator/money/bank/files/:file */
export async function showFile(c: Context, parts: PaymentParts): Promise<Response> {
  return (await filePage(c, parts, c.req.param('file') ?? '', {})) ?? c.notFound()
}

async function filePage(
  c: Context,
  parts: PaymentParts,
  id: string,
  { refusal, typed }: Shown,
): Promise<Response | undefined> {
  const found = await findFile(parts, id)
  if (!found) return undefined
  const ids = found.payouts.map((payout) => payout.id)
  const reader = readerOf(c)
  return c.html(
    <BankFilePage
      {...{ reader, ...found, typed, ...formOf(reader.language, parts, refusal) }}
      reasons={await findReasons(parts.db.kysely, ids)}
    />,
    refusal ? 422 : 200,
  )
}

/** GET /operator/money/bank/files/:file/download: the bytes as they were made. */
export async function downloadFile(c: Context, parts: PaymentParts): Promise<Response> {
  const rail = bankAmong(parts.rails.rails)
  const id = c.req.param('file') ?? ''
  const found = rail && isUuid(id) && (await findBankFileBytes(parts.db.kysely, rail.name, id))
  if (!found) return c.notFound()
  return xmlFile(c, new Uint8Array(found.bytes), `${rail.name}-${id}.xml`)
}

/** GET /operator/money/bank/files/:file/statement: what the bank of the sandbox would answer; with a real bank there is none. */
export async function downloadStatement(c: Context, parts: PaymentParts): Promise<Response> {
  const found = await findFile(parts, c.req.param('file') ?? '')
  if (!found || found.rail.realMoney) return c.notFound()
  const xml = sandboxStatement(found.file, found.payouts)
  return xmlFile(
    c,
    new TextEncoder().encode(xml),
    `${found.rail.name}-${found.file.id}-camt054.xml`,
  )
}

const xmlFile = (c: Context, bytes: Uint8Array<ArrayBuffer>, name: string): Response =>
  c.body(bytes, 200, {
    'content-type': 'application/xml; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
  })

async function findFile({ db, rails }: PaymentParts, id: string) {
  const rail = bankAmong(rails.rails)
  const [file] = rail && isUuid(id) ? await findBankFiles(db.kysely, rail.name, id) : []
  return rail && file && { rail, file, payouts: await findPayoutsIn(db.kysely, file.id) }
}

async function readForm(c: Context) {
  const body = await c.req.parseBody({ all: true })
  const text = (name: string): string => {
    const value = body[name]
    return typeof value === 'string' ? value.slice(0, 1_000) : ''
  }
  const payouts = [body['payout']].flat().filter((each) => typeof each === 'string' && isUuid(each))
  return {
    ...{ key: text('key'), file: text('file') },
    outcome: text('outcome') === 'done' ? ('done' as const) : ('failed' as const),
    typed: { payouts: payouts as string[], on: text('on'), reason: text('reason') },
  }
}

/** What a command came to; a refusal too where it was not done. */
export function outcomeOf(answer: Answer | undefined): Refused | Readonly<Record<string, unknown>> {
  if (answer?.answer !== 'done') return refused(answer?.answer ?? 'refused')
  const { outcome } = answer
  const { code, ...facts } = JSON.parse(outcome.body) as { code: string } & Record<string, string>
  return outcome.status < 300 ? facts : refused(code, facts)
}

/** What each form needs: a key of its own, and what was wrong with the one before. */
function formOf(language: Language, parts: PaymentParts, refusal: Refused | undefined) {
  const key = uuidv7(parts.now(), parts.random)
  return { key, errors: refusal ? [errorOf(language, refusal)] : [] }
}

const places: Readonly<Record<string, readonly [field: string, key: MessageKey]>> = {
  'bank-file-size': ['payout', 'payments.bank.error.size'],
  'day-not-valid': ['on', 'payments.bank.error.day'],
  'payouts-changed': ['payout', 'payments.bank.error.changed'],
  'payouts-not-chosen': ['payout', 'payments.bank.error.chosen'],
  'reason-missing': ['reason', 'payments.bank.error.reason'],
  'reason-too-long': ['reason', 'payments.bank.error.reason'],
  'own-payout': ['payout', 'payments.bank.error.own'],
  'payout-in-no-file': ['payout', 'payments.bank.error.noFile'],
}

function errorOf({ t }: Language, { refused: code, facts }: Refused): FieldError {
  const [field, key] = places[code] ?? ['payout', 'payments.bank.error.other' as const]
  const count = (name: string): number => Number(facts[name] ?? 0)
  return { field, message: t(key, { code, most: count('most'), changed: count('changed') }) }
}
