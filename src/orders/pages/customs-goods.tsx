/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Money, Table, type Language } from '../../ui/index.ts'
import type { OrderView } from './order-view.ts'
import { nameOf } from './quote-card.tsx'

/** The goods as customs looks at them: code, origin, mass and value, before anybody releases them. */
export function CustomsGoods({
  view: { quote, explained },
  language,
}: {
  view: OrderView
  language: Language
}) {
  const { t } = language
  return (
    <Table
      language={language}
      caption={t('orders.customs.title')}
      columns={[
        { label: t('orders.list.goods') },
        { label: t('catalogue.goods.code') },
        { label: t('catalogue.what.origin') },
        { label: t('orders.customs.mass'), numeric: true },
        { label: t('orders.customs.value'), numeric: true },
      ]}
      rows={quote.lines.map((line, index) => {
        const assessed = explained?.answer.lines[index]
        const mass = explained?.basket.lines[index]?.netMassKg
        const code = assessed?.code ?? line.subheading
        const digits = code.replaceAll('.', '')
        return {
          cells: [
            <span dir="auto">{`${line.quantity} × ${nameOf(line)}`}</span>,
            <a href={`/tariff/${quote.destination}/${digits}?on=${quote.on}`}>{code}</a>,
            language.country(line.origin),
            mass !== undefined && `${language.number(mass)} kg`,
            assessed && explained && (
              <Money
                {...{ language, amount: assessed.customsValue }}
                currency={explained.answer.currency}
              />
            ),
          ],
        }
      })}
    />
  )
}
