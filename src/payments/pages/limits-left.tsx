/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import { Money, Table, type Language } from '../../ui/index.ts'
import type { LeftOf } from '../limits/find-levels.ts'
import type { Purse } from './purse.ts'

/** What may still be moved, and how to be let move more. */
export function LimitsLeft({
  language,
  purse,
  left,
}: {
  language: Language
  purse: Purse
  left: LeftOf | undefined
}) {
  const { t } = language
  if (!left) return null
  const euros = (minor: bigint) => (
    <Money language={language} currency="EUR" amount={formatMinor(minor, 'EUR')} />
  )
  const rows = (['in', 'out'] as const).map((way) => ({
    cells: [
      t(way === 'in' ? 'payments.limits.in' : 'payments.limits.out'),
      euros(left.left[way].day),
      euros(left.left[way].month),
    ],
  }))
  return (
    <section class="stack tight" id="limits">
      <Table
        language={language}
        caption={t('payments.limits.title')}
        columns={[
          { label: t('payments.limits.way') },
          { label: t('payments.limits.today'), numeric: true },
          { label: t('payments.limits.month'), numeric: true },
        ]}
        rows={rows}
      />
      <p class="small muted">{t('payments.limits.note')}</p>
      {left.next === 'known' && (
        <p>
          {purse.business ? (
            <a href={`/business/${purse.business}/profile`}>{t('payments.limits.business')}</a>
          ) : (
            <a href="/account">{t('payments.limits.person')}</a>
          )}
        </p>
      )}
      {left.next === 'verified' && purse.mayMove && (
        <p>
          <a href={`${purse.base}/verification`}>{t('payments.verification.link')}</a>
        </p>
      )}
    </section>
  )
}
