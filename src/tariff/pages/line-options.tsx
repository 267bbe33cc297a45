/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatTariffCode } from '../../basis/hs.ts'
import { Table, type Language } from '../../ui/index.ts'
import type { Citation } from '../rules/records.ts'
import { hrefOf, withLine } from './ask.ts'
import { Source } from './charge-explained.tsx'
import { lineHref } from './figures.ts'
import type { ReasonProps } from './questions.tsx'
import { cellText } from './rate-words.ts'
import { InPlainWords } from './shell.tsx'

/** More than these are looked up on the page of the heading. */
const mostOptions = 12

/** The lines a short code could mean, with what tells them apart: following one fills it in. */
export function LineOptions({ ask, answer, reason, look, language }: ReasonProps) {
  const options = Array.isArray(reason['options'])
    ? (reason['options'] as { code: string; mfn: string }[])
    : []
  const line = answer.lines.find(({ id }) => id === reason['line'])
  const { t } = language
  if (!line) return null
  const all = lineHref(answer.to, line.code, answer.on)
  if (options.length === 0)
    return (
      <p>
        <a href={all}>{t('tariff.why.neighbours')}</a>
      </p>
    )
  const { nameOf, preferences, citation } = look(line)
  const shown = options.slice(0, mostOptions)
  const names = new Map(options.map(({ code }) => [code.slice(0, 6), nameOf(code)]))
  const [only] = names.values()
  const tellsApart = names.size > 1 && [...names.values()].some(Boolean)
  const hrefTo = (code: string): string =>
    hrefOf(
      withLine(ask, line.id, () => ({ code: formatTariffCode(code), codeOf: answer.to })),
      { more: { see: answer.to }, hash: 'receipt' },
    )
  return (
    <>
      <Table
        caption={t('tariff.which.caption', { code: line.code })}
        hideCaption
        language={language}
        columns={[
          { label: t('tariff.which.line') },
          ...(tellsApart ? [{ label: t('tariff.ask.description') }] : []),
          { label: t('tariff.charge.mfn'), numeric: true },
          ...preferences.map(({ name }) => ({ label: name, numeric: true })),
        ]}
        rows={shown.map(({ code, mfn }) => ({
          href: hrefTo(code),
          cells: [
            formatTariffCode(code),
            ...(tellsApart ? [<InPlainWords named={nameOf(code)} language={language} />] : []),
            mfn && cellText(mfn, language),
            ...preferences.map(({ rates }) => cellText(rates.get(code) ?? '', language)),
          ],
        }))}
      />
      {options.length > mostOptions && (
        <p>
          <a href={all}>{t('tariff.why.allLines', { count: options.length })}</a>
        </p>
      )}
      {!tellsApart && only && (
        <p>
          {t('tariff.which.all')} <InPlainWords named={only} language={language} />
        </p>
      )}
      <WordsOfLines citation={citation} language={language} />
    </>
  )
}

type WordsProps = { citation: Citation | undefined; language: Language }

/** Why a line has no description here, and where it has one. */
export function WordsOfLines({ citation, language }: WordsProps) {
  return (
    <div class="stack tight muted small">
      <p>{language.t('tariff.which.words')}</p>
      {citation && <Source citation={citation} language={language} />}
    </div>
  )
}
