/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  EmptyState,
  Pagination,
  Table,
  Tabs,
  TextField,
  type Language,
} from '../../../ui/index.ts'
import { Shell, type Reader } from '../../pages/shell.tsx'
import type { ListLine, SubjectLine } from '../find-subjects.ts'
import type { KeptHit } from '../kept-hit.ts'
import type { ScreeningState } from '../schema.ts'
import { HitCard, listNames } from './hit-card.tsx'
import { NoListNotice } from './no-list-notice.tsx'
import '../words.ts'

interface DeskPageProps {
  reader: Reader
  state: ScreeningState
  counts: Readonly<Record<ScreeningState, number>>
  lists: readonly ListLine[]
  lines: readonly SubjectLine[]
  more: boolean
  /** A name that was tried, and what it gave. */
  name: string
  hits: readonly KeptHit[]
}

export const stateNames = {
  review: 'screening.state.review',
  blocked: 'screening.state.blocked',
  clear: 'screening.state.clear',
  unscreened: 'screening.state.unscreened',
} as const

export const kindNames = {
  business: 'screening.kind.business',
  person: 'screening.kind.person',
} as const

/** Everybody who is screened, by state, the most alike first; the lists; a name to try. */
export function DeskPage({ reader, state, counts, lists, lines, more, ...tried }: DeskPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={t('screening.title')} density="work">
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      />
      <div class="stack">
        <h1>{t('screening.title')}</h1>
        <p class="lead">{t('screening.lead')}</p>
      </div>
      {lists.length === 0 && <NoListNotice language={language} />}
      <section class="stack">
        <Tabs
          label={t('screening.states')}
          tabs={(['review', 'blocked', 'clear', 'unscreened'] as const).map((each) => ({
            label: t(stateNames[each]),
            href: `/officer/screening?state=${each}`,
            current: each === state,
            count: language.number(String(counts[each])),
          }))}
        />
        <h2 class="hidden">{t(stateNames[state])}</h2>
        <Subjects lines={lines} state={state} language={language} />
        <Pagination next={more ? nextPage(state, lines) : undefined} language={language} />
      </section>
      <TryName {...tried} hasLists={lists.length > 0} language={language} />
      {lists.length > 0 && <Lists lists={lists} language={language} />}
    </Shell>
  )
}

interface SubjectsProps {
  lines: readonly SubjectLine[]
  state: ScreeningState
  language: Language
}

function Subjects({ lines, state, language }: SubjectsProps) {
  const { t } = language
  if (lines.length === 0)
    return (
      <EmptyState title={t('screening.empty.title')}>
        <p>{t(state === 'review' ? 'screening.empty.review' : 'screening.empty.other')}</p>
      </EmptyState>
    )
  return (
    <Table
      caption={t(stateNames[state])}
      hideCaption
      columns={[
        { label: t('screening.subjects.name') },
        { label: t('screening.subjects.kind') },
        { label: t('screening.subjects.score'), numeric: true },
        { label: t('screening.subjects.since') },
      ]}
      rows={lines.map(({ kind, id, name, topScore, since }) => ({
        href: `/officer/screening/${kind}/${id}`,
        cells: [
          <bdi>{name}</bdi>,
          t(kindNames[kind]),
          language.number(String(topScore / 10)),
          language.date(since.slice(0, 10)),
        ],
      }))}
      language={language}
    />
  )
}

function nextPage(state: ScreeningState, lines: readonly SubjectLine[]): string | undefined {
  const last = lines.at(-1)
  if (!last) return undefined
  return `/officer/screening?state=${state}&after=${last.topScore}.${last.kind}.${last.id}`
}

interface TryNameProps {
  name: string
  hits: readonly KeptHit[]
  hasLists: boolean
  language: Language
}

function TryName({ name, hits, hasLists, language }: TryNameProps) {
  const { t } = language
  const found =
    hits.length > 0
      ? t('screening.try.some', { name, count: hits.length })
      : t(hasLists ? 'screening.try.none' : 'screening.try.noList', { name })
  return (
    <section class="stack" id="try">
      <h2>{t('screening.try.title')}</h2>
      <form class="stack" method="get" action="/officer/screening#try">
        <TextField
          name="name"
          label={t('screening.try.name')}
          hint={t('screening.try.hint')}
          value={name}
          autocomplete="off"
          maxlength={200}
        />
        <div>
          <Button kind="secondary">{t('screening.try.button')}</Button>
        </div>
      </form>
      {name !== '' && <p>{found}</p>}
      {hits.map((hit) => (
        <HitCard hit={hit} language={language} />
      ))}
    </section>
  )
}

function Lists({ lists, language }: { lists: readonly ListLine[]; language: Language }) {
  const { t } = language
  return (
    <section class="stack">
      <h2>{t('screening.lists.title')}</h2>
      <Table
        caption={t('screening.lists.title')}
        hideCaption
        columns={[
          { label: t('screening.lists.list') },
          { label: t('screening.lists.date') },
          { label: t('screening.lists.names'), numeric: true },
          { label: t('screening.lists.unread'), numeric: true },
          { label: t('screening.lists.read') },
        ]}
        rows={lists.map((each) => ({
          cells: [
            t(listNames[each.list]),
            each.list_date ? language.date(each.list_date) : t('screening.lists.noDate'),
            language.number(String(each.names)),
            language.number(String(each.unread)),
            language.date(each.imported_at.slice(0, 10)),
          ],
        }))}
        language={language}
      />
    </section>
  )
}
