/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isUuid, uuidv7 } from '../../../basis/uuid.ts'
import type { FieldError, Language } from '../../../ui/index.ts'
import { signedInActor, type PartiesEnv } from '../../actor.ts'
import { readForm } from '../../pages/form.ts'
import { readerOf } from '../../pages/shell.tsx'
import { decide } from '../decide.ts'
import {
  countStates,
  findDecisions,
  findLists,
  findSubject,
  findSubjects,
  type SubjectPlace,
} from '../find-subjects.ts'
import { keptHit } from '../kept-hit.ts'
import { versionInUse } from '../open-screening.ts'
import type { ScreeningParts } from '../parts.ts'
import type { ScreeningState } from '../schema.ts'
import { DeskPage } from './desk-page.tsx'
import { NobodyPage, SubjectPage } from './subject-page.tsx'
import '../words.ts'

type Handled = Promise<Response>

const states: readonly ScreeningState[] = ['review', 'blocked', 'clear', 'unscreened']
const longestName = 200

export async function showDesk(c: Context<PartiesEnv>, parts: ScreeningParts): Handled {
  const db = parts.db.kysely
  const asked = c.req.query('state')
  const state = states.find((each) => each === asked) ?? 'review'
  const name = cleaned(c.req.query('name') ?? '')
  const [counts, lists, page] = await Promise.all([
    countStates(db, parts.hub.id),
    findLists(db),
    findSubjects(db, parts.hub.id, state, placeAfter(c.req.query('after'))),
  ])
  const hits = name ? (await parts.screening.screener(db)).check(name).hits.map(keptHit) : []
  return c.html(
    <DeskPage
      reader={readerOf(c)}
      {...{ state, counts, lists, name, hits }}
      lines={page.lines}
      more={page.more}
    />,
  )
}

export async function showSubject(c: Context<PartiesEnv>, parts: ScreeningParts): Handled {
  return subjectPage(c, parts, {})
}

type Shown = {
  errors?: readonly FieldError[]
  values?: { decision: string; reason: string }
  status?: 200 | 409 | 422
}

export async function decideHere(c: Context<PartiesEnv>, parts: ScreeningParts): Handled {
  const place = placeOf(c, parts)
  if (!place) return subjectPage(c, parts, {})
  const form = await readForm(c)
  const values = { decision: form.text('decision'), reason: form.text('reason') }
  const { language } = readerOf(c)
  const { decision } = values
  if (decision !== 'clear' && decision !== 'blocked') {
    const message = language.t('screening.error.decision')
    return subjectPage(c, parts, { errors: [{ field: 'decision', message }], values, status: 422 })
  }
  const { personId, name } = signedInActor(c)
  const at = parts.now()
  const outcome = await decide(parts.db, {
    ...{ ...place, id: uuidv7(at, parts.random), decision, reason: values.reason, at },
    ...{ officer: { personId, name }, seen: form.text('seen') },
  })
  if ('decided' in outcome) return c.redirect(`${c.req.path}?decided=1`, 303)
  if (outcome.refused === 'subject-unknown') return subjectPage(c, parts, {})
  const overtaken = outcome.refused === 'screening-overtaken'
  const errors = [errorOf(language, outcome.refused, outcome.facts)]
  return subjectPage(c, parts, { errors, values, status: overtaken ? 409 : 422 })
}

async function subjectPage(c: Context<PartiesEnv>, parts: ScreeningParts, shown: Shown): Handled {
  const db = parts.db.kysely
  const reader = readerOf(c)
  const place = placeOf(c, parts)
  const subject = place && (await findSubject(db, place))
  if (!place || !subject) return c.html(<NobodyPage reader={reader} />, 404)
  const [decisions, version] = await Promise.all([findDecisions(db, place), versionInUse(db)])
  return c.html(
    <SubjectPage
      {...{ reader, subject, decisions }}
      overtaken={version !== subject.version}
      decided={c.req.query('decided') !== undefined && !shown.errors}
      errors={shown.errors ?? []}
      values={shown.values ?? { decision: '', reason: '' }}
    />,
    shown.status ?? 200,
  )
}

function placeOf(c: Context, { hub }: ScreeningParts): SubjectPlace | undefined {
  const kind = c.req.param('kind')
  const subjectId = c.req.param('subject') ?? ''
  if ((kind !== 'business' && kind !== 'person') || !isUuid(subjectId)) return undefined
  return { homeHub: hub.id, kind, subjectId }
}

/** `987.business.0199…`: the place of the last line of the page before. */
function placeAfter(text: string | undefined) {
  const [score = '', kind = '', id = ''] = (text ?? '').split('.')
  if (!/^\d{1,4}$/.test(score) || !/^(business|person)$/.test(kind) || !isUuid(id)) return undefined
  return { topScore: Number(score), kind, id }
}

const cleaned = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, longestName)

function errorOf(
  { t }: Language,
  code: string,
  facts: Readonly<Record<string, unknown>>,
): FieldError {
  if (code === 'reason-missing')
    return {
      field: 'reason',
      message: t('screening.error.reasonMissing', { least: Number(facts['least']) }),
    }
  if (code === 'reason-too-long')
    return {
      field: 'reason',
      message: t('screening.error.reasonTooLong', { most: Number(facts['most']) }),
    }
  return { field: 'decision', message: t('screening.error.overtaken') }
}
