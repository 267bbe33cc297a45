import { formatMinor } from '../../basis/money.ts'
import { ratio, toDecimal } from '../../basis/ratio.ts'
import { rateSourceWords } from '../../tariff/index.ts'
import type { BreakdownLine, Language } from '../../ui/index.ts'
import type { DoorExchange } from '../door-exchange.ts'

/** The line that says what changing money costs and by which rates; none where nothing is changed. */
export function exchangeLines(
  exchange: DoorExchange | null,
  currency: string,
  language: Language,
): BreakdownLine[] {
  if (!exchange) return []
  const { t } = language
  const share = language.percent(toDecimal(ratio(BigInt(exchange.spreadPoints), 100n)))
  const rates = Object.entries(exchange.rates).map(([own, { rate, source, day }]) =>
    t('shops.product.exchangeRate', {
      rate: `1 ${currency} = ${language.number(decimalOf(rate))} ${own}`,
      source: rateSourceWords(language, source),
      day: language.date(day),
    }),
  )
  return [
    {
      label: t('shops.product.exchange'),
      amount: formatMinor(exchange.goods + exchange.freight, currency),
      currency,
      note: [...rates, t('shops.product.exchangeSpread', { share })].join(' '),
      explanation: t('shops.product.exchangeWhy'),
    },
  ]
}

/** Six digits after the point are more than a rate is published with. */
function decimalOf(rate: string): string {
  const [n = '0', d = '1'] = rate.split('/')
  return toDecimal(ratio(BigInt(n), BigInt(d)), 6).replace('…', '')
}
