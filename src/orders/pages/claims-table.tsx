/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { formatMinor } from '../../basis/money.ts'
import type { EscrowLeg } from '../../ledger/index.ts'
import { Button, Money, Table, Tag, type Language } from '../../ui/index.ts'
import type { Claim } from '../life/find-claims.ts'
import type { Role } from '../order.ts'
import { legWord, roleWord } from '../words.ts'

type ClaimsProps = {
  claims: readonly Claim[]
  role: Role
  base: string
  keyFor: (what: string) => string
  /** Whether the reader may move the money of their side. */
  mayPay: boolean
  language: Language
}

/** What is owed by a decision and was not in escrow any more; who owes it pays it here. */
export function Claims({ claims, role, base, keyFor, mayPay, language }: ClaimsProps) {
  const { t } = language
  if (claims.length === 0) return null
  return (
    <Table
      language={language}
      caption={t('orders.claims.title')}
      columns={[
        { label: t('orders.legs.what') },
        { label: t('orders.legs.amount'), numeric: true },
        { label: t('orders.claims.owes') },
      ]}
      rows={claims.map(({ number, what, currency, amount, debtor, creditor, kind, paidAt }) => ({
        cells: [
          legWord(language, what as EscrowLeg),
          <Money {...{ language, currency }} amount={formatMinor(amount, currency)} />,
          <>
            {t(kind === 'drawback' ? 'orders.claims.drawback' : 'orders.claims.owed', {
              debtor: roleWord(language, debtor),
              creditor: roleWord(language, creditor),
            })}{' '}
            {paidAt !== undefined && <Tag tone="ok">{t('payments.state.paid')}</Tag>}
            {kind === 'owed' && paidAt === undefined && mayPay && debtor === role && (
              <form method="post" action={`${base}/claims`}>
                <input type="hidden" name="claim" value={String(number)} />
                <input type="hidden" name="key" value={keyFor(`claim-${number}`)} />
                <Button kind="secondary">{t('orders.claims.pay')}</Button>
              </form>
            )}
          </>,
        ],
      }))}
    />
  )
}
