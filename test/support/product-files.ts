import { decodeFile } from '../../src/catalogue/product-files/decode-file.ts'
import { makeItems } from '../../src/catalogue/product-files/make-items.ts'
import { readTable, type Table } from '../../src/catalogue/product-files/read-table.ts'
import { countryReader } from '../../src/catalogue/product-files/read-values.ts'
import { detectSource, mappingFor, settingsFor } from '../../src/catalogue/product-files/sources.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

function tableOf(bytes: Uint8Array): Table {
  const decoded = decodeFile(bytes)
  if ('refused' in decoded) throw new Error(decoded.refused)
  const table = readTable(decoded.text)
  if ('refused' in table) throw new Error(JSON.stringify(table))
  return table
}

/** A product file as the hub understands it by itself, with prices in a currency where it names none. */
export function readProductFile(file: string | Uint8Array, currency = 'USD') {
  const table = tableOf(typeof file === 'string' ? bytesOf(file) : file)
  const source = detectSource(table.columns)
  const mapping = mappingFor(source, table.columns)
  const settings = { ...settingsFor(table.columns, mapping, table.rows, 'en'), currency }
  const countryOf = countryReader(['en', 'fr', 'ms'])
  const items = makeItems({ ...table, source, mapping, settings, countryOf })
  return { source, mapping, settings, items, drafts: items.map(({ draft }) => draft) }
}
