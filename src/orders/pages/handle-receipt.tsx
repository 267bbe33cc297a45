/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused, type Refused } from '../../basis/refusal.ts'
import { Breadcrumb, Notice, type Language, type Reader } from '../../ui/index.ts'
import type { OrderDesk } from '../parts.ts'
import {
  checkReceipt,
  ReceiptPage,
  refusalSentence,
  toPdf,
  toUbl,
  type Fonts,
  type Receipt,
} from '../receipts/index.ts'
import { makeCreditNote, makeReceipt } from './make-receipt.ts'
import { viewOrder, type OrderView } from './order-view.ts'
import { readerOf, Shell } from './shell.tsx'
import type { SideOf } from './side.ts'

export type Paper = 'receipt' | 'credit-note'
export type Form = 'page' | 'pdf' | 'xml'

/** The receipt of an order, or the credit note for what was given back of it, in one of three forms. */
export async function sendReceipt(
  c: Context,
  parts: OrderDesk,
  sideOf: SideOf,
  { paper, form, fonts }: { paper: Paper; form: Form; fonts: () => Fonts | Refused },
): Promise<Response> {
  const side = await sideOf(c, parts)
  if (!side) return c.notFound() as Response
  const reader = readerOf(c)
  const { language } = reader
  const view = await viewOrder(parts, side.order)
  const receipt = receiptOf(paper, view, language, parts.hub.name)
  if (!receipt) return c.notFound() as Response
  const fault = checkReceipt(receipt)
  if (fault) return c.html(<NoReceiptPage {...{ reader, fault }} base={side.base} />, 422)
  const name = `${paper}-${side.order.number}`
  if (form === 'page')
    return c.html(
      <Shell reader={reader} title={receipt.number} density="work" paying>
        <Breadcrumb
          language={language}
          crumbs={[
            {
              label: language.t('orders.order.title', { number: side.order.number }),
              href: side.base,
            },
          ]}
        />
        <ReceiptPage
          {...{ receipt, language }}
          pdfHref={`${side.base}/${paper}.pdf`}
          ublHref={`${side.base}/${paper}.xml`}
        />
      </Shell>,
    )
  const written =
    form === 'pdf' ? await toPdf(receipt, language, fonts()) : toUbl(receipt, language)
  if (isRefused(written))
    return c.html(<NoReceiptPage {...{ reader, fault: written }} base={side.base} />, 422)
  return c.body(typeof written === 'string' ? written : new Uint8Array(written), 200, {
    'content-type': form === 'pdf' ? 'application/pdf' : 'application/xml; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.${form}"`,
    'cache-control': 'no-store',
  })
}

/**
 * Undefined where nothing was given back, so that there is nothing to correct, and for what was bought on another hub: that
 * one took the money, and writes the papers.
 */
function receiptOf(
  paper: Paper,
  { order, quote, explained, legs, moves }: OrderView,
  { t }: Language,
  hubName: string,
): Receipt | undefined {
  if (!explained) return undefined
  const facts = {
    ...{ order, quote, answer: explained.answer, legs },
    by: t('orders.receipt.wallet', { hub: hubName }),
    partOf: (what: string) => t('orders.receipt.partOf', { what }),
    refundedAt: moves.findLast(({ entry }) => entry !== undefined)?.at ?? order.changedAt,
  }
  return paper === 'receipt' ? makeReceipt(facts) : makeCreditNote(facts)
}

function NoReceiptPage({ reader, fault, base }: { reader: Reader; fault: Refused; base: string }) {
  const { t } = reader.language
  return (
    <Shell reader={reader} title={t('orders.order.receipt')} density="work">
      <h1>{t('orders.order.receipt')}</h1>
      <Notice tone="warn">
        <p>{refusalSentence(reader.language, fault)}</p>
      </Notice>
      <p>
        <a href={base}>{t('orders.receipt.back')}</a>
      </p>
    </Shell>
  )
}
