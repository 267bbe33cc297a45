/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Breadcrumb,
  Button,
  Checkbox,
  ErrorSummary,
  FileField,
  type Language,
  Notice,
  type Reader,
  Table,
} from '../../ui/index.ts'
import type { LaneImport } from '../import-lanes.ts'
import { faultSentence } from '../words.ts'
import { Shell } from './shell.tsx'

export type PastImport = Pick<LaneImport, 'rows' | 'added' | 'ended' | 'unchanged'> & {
  readonly id: string
  /** An instant as PostgreSQL gave it. */
  readonly at: string
  readonly fileName: string
}

type ImportPageProps = {
  reader: Reader
  past: readonly PastImport[]
  /** The one that just succeeded. */
  loaded?: PastImport | undefined
  noFile?: true | undefined
  done?: LaneImport | undefined
  dryRun?: boolean | undefined
}

/** Where a carrier or the operator brings a lane file. */
export function ImportPage({ reader, past, loaded, noFile, done, dryRun }: ImportPageProps) {
  const { language } = reader
  const { t } = language
  const refused = (done?.faultCount ?? 0) > 0
  const error = noFile
    ? t('logistics.import.noFile')
    : refused
      ? t('logistics.import.refused', { count: done?.faultCount ?? 0 })
      : undefined
  const errors = error === undefined ? [] : [{ field: 'file', message: error }]
  return (
    <Shell
      reader={reader}
      density="work"
      title={t('logistics.import.title')}
      hasErrors={errors.length > 0}
    >
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('logistics.nav.lanes'), href: '/lanes' }]}
      />
      <div class="stack">
        <h1>{t('logistics.import.title')}</h1>
        <p class="lead">{t('logistics.import.lead')}</p>
        <p>
          <a href="/lanes/example.csv" download>
            {t('logistics.import.example')}
          </a>
        </p>
      </div>
      {loaded && (
        <Notice tone="ok" live title={t('logistics.import.loaded')}>
          <p>{countsText(loaded, language)}</p>
          <p>
            <a href="/lanes">{t('logistics.lanes.title')}</a>
          </p>
        </Notice>
      )}
      {done && !refused && (
        <Notice live title={t('logistics.import.wouldLoad')}>
          <p>{countsText(done, language)}</p>
        </Notice>
      )}
      {done && refused && <Faults done={done} language={language} />}
      <form method="post" action="/lanes/import" enctype="multipart/form-data" class="stack">
        <FileField
          name="file"
          label={t('logistics.import.file')}
          hint={t('logistics.import.fileHint')}
          accept=".csv,text/csv"
          error={error}
        />
        <Checkbox
          name="dry_run"
          label={t('logistics.import.dryRun')}
          hint={t('logistics.import.dryRunHint')}
          checked={dryRun ?? false}
        />
        <div>
          <Button>{t('logistics.import.send')}</Button>
        </div>
      </form>
      {past.length > 0 && <Past past={past} language={language} />}
    </Shell>
  )
}

const countsText = (
  { rows, added, ended, unchanged }: Omit<PastImport, 'id' | 'at' | 'fileName'>,
  { t }: Language,
): string => t('logistics.import.counts', { rows, added, ended, unchanged })

function Faults({ done, language }: { done: LaneImport; language: Language }) {
  const { t } = language
  const { faults, faultCount } = done
  return (
    <div class="stack tight">
      <Table
        caption={t('logistics.import.faults')}
        language={language}
        columns={[
          { label: t('logistics.import.line') },
          { label: t('logistics.import.column') },
          { label: t('logistics.import.reason') },
        ]}
        rows={faults.map((fault) => ({
          cells: [
            t('logistics.import.lineNumber', { line: fault.line }),
            fault.column && <code>{fault.column}</code>,
            faultSentence(language, fault),
          ],
        }))}
      />
      {faultCount > faults.length && (
        <p class="muted">{t('logistics.import.more', { count: faultCount - faults.length })}</p>
      )}
    </div>
  )
}

function Past({ past, language }: { past: readonly PastImport[]; language: Language }) {
  const { t } = language
  return (
    <Table
      caption={t('logistics.import.past')}
      language={language}
      columns={[
        { label: t('logistics.import.fileName') },
        { label: t('logistics.import.when') },
        { label: t('logistics.import.outcome') },
      ]}
      rows={past.map((each) => ({
        cells: [
          each.fileName,
          <time datetime={each.at}>{language.dateTime(new Date(each.at), 'UTC')} UTC</time>,
          countsText(each, language),
        ],
      }))}
    />
  )
}
