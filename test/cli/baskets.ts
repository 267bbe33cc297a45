import type { BasketJson } from '../../src/tariff/parse-basket.ts'

/** Amina in Penang sends two cotton T-shirts of 45.00 ringgit each to a consumer, by courier for 25.00. */
export const aminasShirts: BasketJson = {
  from: 'MY',
  on: '2026-06-01',
  transport: 'courier',
  consignee: 'consumer',
  incoterm: 'DDP',
  freight: { amount: '25.00', currency: 'MYR' },
  lines: [
    {
      id: 'shirts',
      description: 'cotton T-shirt, adult',
      code: '6109.10',
      origin: 'MY',
      quantity: '2',
      unitPrice: { amount: '45.00', currency: 'MYR' },
      netMassKg: '0.4',
    },
  ],
}

/** The same with something else about its line. */
export const withLine = (change: Readonly<Record<string, unknown>>): unknown => ({
  ...aminasShirts,
  lines: aminasShirts.lines.map((line) => ({ ...line, ...change })),
})
