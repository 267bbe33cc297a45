/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import { assetUrl, Button, Facts, Notice, Tag, type Language } from '../../../ui/index.ts'
import { filesOf, Shell, Way, type Reader } from '../../pages/shell.tsx'
import type { StoredItem } from '../find-items.ts'
import type { findUnweighed } from '../find-unweighed.ts'
import { undoWithinMs } from '../imports.ts'
import { type ProductImport } from '../find-imports.ts'
import type { ItemNote } from '../item.ts'
import { hrefOf, RefusedRows, UnweighedGoods } from './rows-to-mend.tsx'
import { SomeGoods, tones } from './some-goods.tsx'
import { noteWords, outcomeWords } from './words.ts'

export type ImportPageProps = {
  reader: Reader
  business: { id: string; name: string }
  found: ProductImport
  now: number
  /** Some that are good, and some that were refused. */
  good: readonly StoredItem[]
  refused: readonly StoredItem[]
  unweighed: Awaited<ReturnType<typeof findUnweighed>>
  /** Lines of the file, by the number of the row. */
  lines: ReadonlyMap<number, number>
  notes: readonly ItemNote[]
  problem?: string | undefined
}

/** What becomes of the file: under way, checked, saved, or undone. */
export function ImportPage(props: ImportPageProps) {
  const { found, reader, business, problem } = props
  const { language } = reader
  const { t } = language
  const title = titles[found.state as keyof typeof titles]
  return (
    <Shell reader={reader} title={t(title)}>
      <section class="band">
        <div class="wrap stack loose">
          {problem && <Notice tone="bad" title={problem} live />}
          <Way {...{ business, language }} more={[filesOf(business, language)]} />
          <h1>{t(title)}</h1>
          <p class="muted">{found.fileName}</p>
          {isAtWork(found) ? <Progress {...props} /> : <Outcome {...props} />}
        </div>
      </section>
    </Shell>
  )
}

const titles = {
  checking: 'import.work.checking',
  checked: 'import.check.title',
  saving: 'import.work.saving',
  saved: 'import.saved.title',
  undoing: 'import.work.undoing',
  undone: 'import.undone.title',
} as const

export const isAtWork = ({ state }: ProductImport): boolean =>
  state === 'checking' || state === 'saving' || state === 'undoing'

export const progressWords = ({ t, number }: Language, found: ProductImport): string =>
  t('import.work.progress', {
    done: number(String(found.position)),
    total: number(String(found.itemCount)),
  })

/** Moves by itself where scripts run; a link looks again where they do not. */
function Progress({ reader, found }: ImportPageProps) {
  const { language } = reader
  const { t } = language
  return (
    <>
      <import-progress data-from={`${hrefOf(found)}/progress`}>
        <div class="stack tight">
          <progress
            max={Math.max(1, found.itemCount)}
            value={found.position}
            aria-label={t(titles[found.state as keyof typeof titles])}
          />
          <p class="figures" data-words>
            {progressWords(language, found)}
          </p>
        </div>
      </import-progress>
      <p>{t('import.work.leave')}</p>
      <div>
        <Button kind="secondary" href={hrefOf(found)}>
          {t('import.work.again')}
        </Button>
      </div>
      <script type="module" src={assetUrl('import-progress.js')}></script>
    </>
  )
}

const order = [
  ...['created', 'updated', 'unchanged', 'refused', 'removed', 'restored', 'changed-since'],
  'nothing',
]

function Outcome(props: ImportPageProps) {
  const { found, reader, notes } = props
  const { language } = reader
  const counted = order.filter((outcome) => (found.counts[outcome] ?? 0) > 0)
  return (
    <>
      <Facts
        facts={counted.map((outcome) => ({
          term: <Tag tone={tones[outcome]}>{outcomeWords(language, outcome)}</Tag>,
          detail: <span class="figures">{language.number(String(found.counts[outcome]))}</span>,
        }))}
      />
      {found.state === 'checked' && <Choices {...props} />}
      {found.state === 'saved' && <Saved {...props} />}
      {found.state !== 'undone' && notes.length > 0 && (
        <Notice>
          {notes.map((note) => (
            <p>{noteWords(language, note, found.settings.origin)}</p>
          ))}
        </Notice>
      )}
      {found.state !== 'undone' && <RefusedRows {...props} />}
      {found.state !== 'undone' && <UnweighedGoods {...props} />}
      {found.state === 'checked' && <SomeGoods {...props} />}
      <p>
        <a href={`/business/${found.businessId}/import`}>{language.t('import.again')}</a>
      </p>
    </>
  )
}

function Choices({ found, reader }: ImportPageProps) {
  const { t } = reader.language
  const good = (found.counts['created'] ?? 0) + (found.counts['updated'] ?? 0)
  return (
    <>
      <p>{t(good > 0 ? 'import.check.nothing' : 'import.check.noneGood')}</p>
      <div class="cluster">
        {good > 0 && (
          <PostButton to={`${hrefOf(found)}/saving`}>
            {t('import.check.save', { count: good })}
          </PostButton>
        )}
        <Button kind="secondary" href={`${hrefOf(found)}/columns`}>
          {t('import.check.columns')}
        </Button>
      </div>
    </>
  )
}

function PostButton({ to, kind, children }: { to: string; kind?: 'secondary'; children: Child }) {
  return (
    <form method="post" action={to}>
      <Button kind={kind}>{children}</Button>
    </form>
  )
}

function Saved({ found, reader, now }: ImportPageProps) {
  const { language } = reader
  const { t } = language
  const until = (found.savedAt ?? 0) + undoWithinMs
  return (
    <>
      {(found.counts['created'] ?? 0) > 0 && !found.settings.publish && (
        <p>{t('import.saved.drafts')}</p>
      )}
      <div>
        <Button href={`/business/${found.businessId}/goods`}>{t('import.saved.goods')}</Button>
      </div>
      {now <= until && (
        <div class="stack tight">
          <PostButton to={`${hrefOf(found)}/undoing`} kind="secondary">
            {t('import.saved.undo')}
          </PostButton>
          <p class="muted small">
            {t('import.saved.undoUntil', {
              time: `${language.dateTime(new Date(until), 'UTC')} UTC`,
            })}
          </p>
        </div>
      )}
    </>
  )
}
