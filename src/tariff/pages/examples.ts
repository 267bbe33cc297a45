// Baskets one click away, for a reader who wants to see an answer before asking a question.
import type { Language } from '../../ui/index.ts'
import { emptyLine, type Ask, type AskLine } from './ask.ts'

export type Example = { id: 'scarf' | 'biscuits' | 'lobster' | 'syrup'; ask: Ask }

const line = (goods: string, more: Partial<AskLine>): AskLine => ({ ...emptyLine, goods, ...more })

/** The goods of the three hubs in PRODUCT's main story. */
export function examplesFor({ t }: Language, usual: Ask): Example[] {
  const to = (from: string): string[] => usual.to.filter((code) => code !== from)
  const sent = (from: string, currency: string, freight: string, goods: AskLine): Ask => ({
    ...usual,
    transport: 'courier',
    consignee: 'consumer',
    schemes: undefined,
    from,
    currency,
    freight,
    freightCurrency: currency,
    to: to(from),
    lines: [goods],
  })
  const [my, ca] = [{ origin: 'MY' }, { origin: 'CA' }]
  const scarf = { ...my, code: '6214.10', quantity: '2', price: '108.39', mass: '0.2' }
  const biscuits = { ...my, code: '1905.31', quantity: '6', price: '58.00', mass: '2.1' }
  const lobster = { ...ca, code: '0306.32', quantity: '2', price: '64.00', mass: '1.4' }
  const syrup = { ...ca, code: '1702.20', quantity: '4', price: '24.50', mass: '2.6' }
  return [
    { id: 'scarf', ask: sent('MY', 'MYR', '45.00', line(t('tariff.example.scarf'), scarf)) },
    {
      id: 'biscuits',
      ask: sent('MY', 'MYR', '60.00', line(t('tariff.example.biscuits'), biscuits)),
    },
    { id: 'lobster', ask: sent('CA', 'CAD', '85.00', line(t('tariff.example.lobster'), lobster)) },
    { id: 'syrup', ask: sent('CA', 'CAD', '38.00', line(t('tariff.example.syrup'), syrup)) },
  ]
}
