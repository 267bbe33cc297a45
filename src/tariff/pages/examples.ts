// Baskets one click away, for a reader who wants to see an answer before asking a question.
import type { Language } from '../../ui/index.ts'
import { emptyLine, type Ask, type AskLine } from './ask.ts'

export type Example = { id: 'scarf' | 'biscuits' | 'syrup'; ask: Ask }

const line = (goods: string, more: Partial<AskLine>): AskLine => ({ ...emptyLine, goods, ...more })

/** The goods of the three hubs in PRODUCT's main story. */
export function examplesFor({ t }: Language, usual: Ask): Example[] {
  const to = (from: string): string[] => usual.to.filter((code) => code !== from)
  const base = { ...usual, transport: 'courier', consignee: 'consumer', schemes: undefined }
  return [
    {
      id: 'scarf',
      ask: {
        ...base,
        from: 'MY',
        currency: 'MYR',
        freight: '45.00',
        freightCurrency: 'MYR',
        to: to('MY'),
        lines: [
          line(t('tariff.example.scarf'), {
            code: '6214.10',
            origin: 'MY',
            quantity: '2',
            price: '108.39',
            mass: '0.2',
          }),
        ],
      },
    },
    {
      id: 'biscuits',
      ask: {
        ...base,
        from: 'MY',
        currency: 'MYR',
        freight: '60.00',
        freightCurrency: 'MYR',
        to: to('MY'),
        lines: [
          line(t('tariff.example.biscuits'), {
            code: '1905.31',
            origin: 'MY',
            quantity: '6',
            price: '58.00',
            mass: '2.1',
          }),
        ],
      },
    },
    {
      id: 'syrup',
      ask: {
        ...base,
        from: 'CA',
        currency: 'CAD',
        freight: '38.00',
        freightCurrency: 'CAD',
        to: to('CA'),
        lines: [
          line(t('tariff.example.syrup'), {
            code: '1702.20',
            origin: 'CA',
            quantity: '4',
            price: '24.50',
            mass: '2.6',
            measures: { l: '0.5' },
          }),
        ],
      },
    },
  ]
}
