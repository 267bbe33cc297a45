/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Breakdown, Button, Facts, Table, type Language } from '../../ui/index.ts'
import { describeReceipt, type SheetTable } from './describe-receipt.ts'
import type { Receipt } from './receipt.ts'

export type ReceiptPageProps = {
  /** One that `checkReceipt` has nothing against. */
  receipt: Receipt
  language: Language
  /** Where the other two renderings are; buttons, so not on paper. */
  pdfHref?: string | undefined
  ublHref?: string | undefined
}

/** The body of a receipt's page, for the house layout; printed, it is the receipt on paper. */
export function ReceiptPage({ receipt, language, pdfHref, ublHref }: ReceiptPageProps) {
  const { t } = language
  const sheet = describeReceipt(receipt, language)
  const { currency } = receipt
  const money = (amount: string) => ({ amount, currency })
  return (
    <div class="stack">
      <h1>{sheet.title}</h1>
      <Facts facts={sheet.facts} />
      <div class="grid">
        {sheet.parties.map(({ role, name, lines }) => (
          <section class="stack tight">
            <h2>{role}</h2>
            <p>
              <strong dir="auto">{name}</strong>
              {lines.map((line) => (
                <>
                  <br />
                  <span dir="auto">{line}</span>
                </>
              ))}
            </p>
          </section>
        ))}
      </div>
      <SheetRows table={sheet.goods} language={language} />
      {sheet.charges.rows.length > 0 && <SheetRows table={sheet.charges} language={language} />}
      <Breakdown
        title={sheet.totals.caption}
        language={language}
        lines={sheet.totals.rows.map(({ label, amount }) => ({ label, ...money(amount) }))}
        total={{ label: sheet.totals.total.label, ...money(sheet.totals.total.amount) }}
      />
      {sheet.payments.rows.length > 0 && <SheetRows table={sheet.payments} language={language} />}
      {sheet.notes.map((note) => (
        <p>{note}</p>
      ))}
      {pdfHref && (
        <Button kind="secondary" href={pdfHref}>
          {t('receipts.pdf')}
        </Button>
      )}
      {ublHref && (
        <Button kind="secondary" href={ublHref}>
          {t('receipts.ubl')}
        </Button>
      )}
    </div>
  )
}

function SheetRows({ table, language }: { table: SheetTable; language: Language }) {
  return (
    <Table
      caption={table.caption}
      language={language}
      columns={table.heads.map((label, index) => ({ label, numeric: index > 0 }))}
      rows={table.rows.map(({ name, notes, source, cells }) => ({
        cells: [
          <>
            <span dir="auto">{name}</span>
            {notes.map((note) => (
              <small class="muted" dir="auto">
                <br />
                {note}
              </small>
            ))}
            {source && (
              <small>
                <br />
                <a href={source.url} rel="external noopener">
                  {source.words}
                </a>
              </small>
            )}
          </>,
          ...cells,
        ],
      }))}
    />
  )
}
