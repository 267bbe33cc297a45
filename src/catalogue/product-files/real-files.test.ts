import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readProductFile as read } from '../../../test/support/product-files.ts'

const data = process.env['EWTP_REFERENCE_DATA']
const real = (name: string) => join(data ?? '', 'catalog', name)

test.skipIf(!data || !existsSync(real('')))(
  'real files of Shopify and WooCommerce (EWTP_REFERENCE_DATA)',
  () => {
    const names = ['shopify-apparel.csv', 'shopify-home-and-garden.csv', 'shopify-jewelery.csv']
    for (const name of names) {
      const { source, items } = read(readFileSync(real(name)))
      expect([name, source, items.length]).toEqual([name, 'shopify', 20])
      expect(items.flatMap(({ faults }) => faults)).toEqual([])
    }
    // The stock sample sixteen times over: what is repeated word for word counts once.
    const { source, items } = read(
      gunzipSync(readFileSync(real('woocommerce-sample-products.csv.gz'))),
    )
    expect([source, items.length]).toEqual(['woocommerce', 18])
    const refused = items.filter(({ faults }) =>
      faults.some(({ code }) => code === 'kind-not-goods'),
    )
    expect(refused.map(({ title }) => title)).toEqual([
      'Album',
      'Single',
      'Logo Collection',
      'WordPress Pennant',
    ])
    expect(items.filter(({ draft }) => draft)).toHaveLength(14)
  },
)
