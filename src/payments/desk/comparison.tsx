/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { Disclosure, Notice, Table, type Language, type MessageKey } from '../../ui/index.ts'
import type { Expected, Reconciliation, Reported } from '../iso20022/reconcile.ts'
import type { FileReconciliation } from './reconcile-file.ts'

/** What a provider or a bank says against what we booked. */
export type Compared = {
  readonly with: string
  readonly day?: string | undefined
  readonly lists: Reconciliation
} & Partial<Omit<FileReconciliation, 'lists'>>

const lists = {
  matched: 'payments.desk.list.matched',
  differs: 'payments.desk.list.differs',
  reversed: 'payments.desk.list.reversed',
  duplicated: 'payments.desk.list.duplicated',
  pending: 'payments.desk.list.pending',
  onlyOurs: 'payments.desk.list.onlyOurs',
  onlyTheirs: 'payments.desk.list.onlyTheirs',
} as const satisfies Readonly<Record<keyof Reconciliation, MessageKey>>

/** Every item is in one list; what is not as it should be is told item by item. */
export function Comparison({ compared, language }: { compared: Compared; language: Language }) {
  const { t } = language
  const found = (Object.keys(lists) as (keyof Reconciliation)[])
    .map((name) => ({ name, items: itemsOf(compared.lists, name) }))
    .filter(({ name, items }) => name === 'matched' || items.length > 0)
  const isClean = found.length === 1
  const gaps = (compared.gaps ?? []).flatMap((gap, at) =>
    gap === undefined || gap === 0n ? [] : [compared.accounts?.[at] ?? ''],
  )
  return (
    <section class="stack" id="result">
      <h2>
        {compared.file
          ? t('payments.desk.resultFile', { message: compared.file.message, id: compared.file.id })
          : t('payments.desk.resultDay', {
              rail: compared.with,
              day: language.date(compared.day ?? ''),
            })}
      </h2>
      <Notice tone={isClean && gaps.length === 0 ? 'ok' : 'warn'}>
        <p role="status">{t(isClean ? 'payments.desk.clean' : 'payments.desk.unclean')}</p>
        {gaps.length > 0 && <p>{t('payments.desk.gap', { accounts: language.list(gaps) })}</p>}
      </Notice>
      {compared.ended && <p>{t('payments.desk.ended', compared.ended)}</p>}
      {found.map(({ name, items }) => (
        <Disclosure
          summary={`${t(lists[name])}: ${language.number(String(items.length))}`}
          open={name !== 'matched'}
        >
          {items.length > 0 && (
            <Table
              language={language}
              caption={t(lists[name])}
              columns={[
                { label: t('payments.desk.reference') },
                { label: t('payments.desk.ours'), numeric: true },
                { label: t('payments.desk.theirs'), numeric: true },
              ]}
              rows={items.slice(0, mostItems).map(({ reference, ours, theirs }) => ({
                cells: [
                  reference,
                  ours.map((each) => amountOf(language, each)).join(', '),
                  theirs.map((each) => amountOf(language, each)).join(', '),
                ],
              }))}
            />
          )}
          {items.length > mostItems && (
            <p>{t('payments.desk.more', { left: items.length - mostItems })}</p>
          )}
        </Disclosure>
      ))}
    </section>
  )
}

const mostItems = 200

type Item = {
  readonly reference: string
  readonly ours: readonly Expected[]
  readonly theirs: readonly Reported[]
}

function itemsOf(found: Reconciliation, name: keyof Reconciliation): Item[] {
  if (name === 'onlyOurs')
    return found.onlyOurs.map((each) => ({ reference: each.id, ours: [each], theirs: [] }))
  if (name === 'onlyTheirs')
    return found.onlyTheirs.map((each) => ({ reference: placeOf(each), ours: [], theirs: [each] }))
  if (name === 'duplicated')
    return found.duplicated.map(({ ours, theirs }) => ({
      ...{ reference: ours[0]?.id ?? placeOf(theirs[0]), ours, theirs },
    }))
  return found[name].map(({ ours, theirs }) => ({ reference: ours.id, ours: [ours], theirs }))
}

const placeOf = (each: Reported | undefined): string =>
  [each?.counterparty, each?.servicerReference, each?.place].filter(Boolean).join(' · ')

const amountOf = (
  language: Language,
  { amountMinor, currency, direction }: Pick<Reported, 'amountMinor' | 'currency' | 'direction'>,
): string =>
  language.money(
    formatMinor(direction === 'credit' ? amountMinor : -amountMinor, currency),
    currency,
  )
