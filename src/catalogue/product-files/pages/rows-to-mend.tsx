/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button, Table, type Language } from '../../../ui/index.ts'
import type { ProductImport } from '../find-imports.ts'
import { weightHref } from '../find-unweighed.ts'
import type { ImportPageProps } from './import-pages.tsx'
import { describeFault, noteWords } from './words.ts'

export const hrefOf = ({ businessId, importId }: ProductImport): string =>
  `/business/${businessId}/import/${importId}`

/** The rows that were refused, with what is wrong with each. */
export function RefusedRows(props: ImportPageProps) {
  const { found, reader, refused, lines } = props
  const { language } = reader
  const { t } = language
  const count = found.counts['refused'] ?? 0
  if (count === 0) return null
  return (
    <section class="stack">
      <h2>{t('import.refused.title')}</h2>
      <Download {...props} />
      <Table
        language={language}
        caption={t('import.refused.title')}
        hideCaption
        columns={[
          { label: t('import.check.product') },
          { label: t('import.refused.line') },
          { label: t('import.refused.problem') },
        ]}
        rows={refused.map(({ title, rows, faults }) => ({
          cells: [
            nameOf(title),
            linesOf(language, lines, faults.length > 0 ? faults.map(({ row }) => row) : rows),
            faults
              .slice(0, 5)
              .map((fault) => describeFault(language, fault))
              .join('; '),
          ],
        }))}
      />
      <More language={language} count={count} shown={refused.length} />
    </section>
  )
}

/** The products that came without a weight, each with the way to where it is filled in. */
export function UnweighedGoods(props: ImportPageProps) {
  const { found, reader, unweighed, lines } = props
  const { language } = reader
  const { t } = language
  const { count, items } = unweighed
  if (count === 0) return null
  const isHere = found.state === 'saved'
  return (
    <section class="stack">
      <h2>{t('import.unweighed.title')}</h2>
      <p>
        {isHere
          ? t('import.unweighed.lead', { count })
          : noteWords(language, { code: 'mass-missing', count })}
      </p>
      {isHere && (found.counts['refused'] ?? 0) === 0 && <Download {...props} />}
      <Table
        language={language}
        caption={t('import.unweighed.title')}
        hideCaption
        columns={[{ label: t('import.check.product') }, { label: t('import.refused.line') }]}
        rows={items.map((item) => ({
          cells: [nameOf(item.title), linesOf(language, lines, item.rows)],
          href: isHere ? weightHref(found, item) : undefined,
        }))}
      />
      <More language={language} count={count} shown={items.length} />
    </section>
  )
}

/** One file holds both: rows that were refused and, once saved, rows of goods without a weight. */
function Download({ found, reader, unweighed }: ImportPageProps) {
  const { t } = reader.language
  const both = found.state === 'saved' && unweighed.count > 0
  return (
    <>
      <p>{t('import.refused.lead')}</p>
      <div>
        <Button kind="secondary" href={`${hrefOf(found)}/rows-to-mend.csv`}>
          {t(both ? 'import.unweighed.download' : 'import.refused.download')}
        </Button>
      </div>
    </>
  )
}

const nameOf = (title: string): string => (title === '' ? '–' : title)

const linesOf = (
  language: Language,
  lines: ReadonlyMap<number, number>,
  rows: readonly number[],
): string =>
  language.list([...new Set(rows)].slice(0, 5).map((row) => String(lines.get(row) ?? row + 1)))

function More({ language, count, shown }: { language: Language; count: number; shown: number }) {
  if (count <= shown) return null
  return (
    <p class="muted small">
      {language.t('import.refused.more', { shown, count: language.number(String(count)) })}
    </p>
  )
}
