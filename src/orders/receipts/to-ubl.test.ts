import { XMLParser } from 'fast-xml-parser'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyReceipt,
  dutyPaidReceipt,
  iossReceipt,
  settled,
} from '../../../test/receipts/sample-receipts.ts'
import { archive, hasUbl, ublSchema } from '../../../test/receipts/ubl-schema.ts'
import { parseAmount } from '../../basis/money.ts'
import { languageFor, locales } from '../../ui/index.ts'
import type { Receipt } from './receipt.ts'
import { toUbl, unmetRules } from './to-ubl.ts'

const name = 'receipts against the schemas of UBL 2.1'
if (!hasUbl) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)

const english = languageFor('en')
const corrects = { number: 'R-2026-000100', issued: Date.UTC(2026, 9, 1) }

function written(receipt: Receipt, language = english): string {
  const xml = toUbl(receipt, language)
  if (typeof xml !== 'string') throw new Error(JSON.stringify(xml))
  return xml
}

type Node = { [name: string]: Node[] | string }
const parser = new XMLParser({
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (_name, _path, isLeaf) => !isLeaf,
})

/** What stands at a path, at every place where it occurs. */
function at(xml: string | Node, path: string): string[] {
  let nodes: unknown[] = [typeof xml === 'string' ? parser.parse(xml) : xml]
  for (const step of path.split('/'))
    nodes = nodes.flatMap((node): unknown => (node as Node)[step] ?? [])
  return nodes.map((node) =>
    typeof node === 'object' && node !== null ? String((node as Node)['#text']) : String(node),
  )
}

/** The rules of EN 16931 on sums, recomputed from what is written: rule and what is off, nothing when all hold. */
function brokenSums(xml: string, { currency, corrects: credit }: Receipt): string[] {
  const root = credit ? 'CreditNote' : 'Invoice'
  const parsed: Node = parser.parse(xml)
  const minor = (path: string) =>
    at(parsed, `${root}/${path}`).reduce(
      (sum, text) => sum + (parseAmount(text, currency) ?? -1n),
      0n,
    )
  const total = (of: string) => minor(`LegalMonetaryTotal/${of}`)
  const indicators = at(parsed, `${root}/AllowanceCharge/ChargeIndicator`)
  const amounts = at(parsed, `${root}/AllowanceCharge/Amount`)
  const charged = (is: string) =>
    amounts.reduce(
      (sum, text, index) =>
        indicators[index] === is ? sum + (parseAmount(text, currency) ?? -1n) : sum,
      0n,
    )
  const rules: readonly (readonly [rule: string, left: bigint, right: bigint])[] = [
    ['BR-CO-10', total('LineExtensionAmount'), minor(`${root}Line/LineExtensionAmount`)],
    ['BR-CO-11', total('AllowanceTotalAmount'), charged('false')],
    ['BR-CO-12', total('ChargeTotalAmount'), charged('true')],
    [
      'BR-CO-13',
      total('TaxExclusiveAmount'),
      total('LineExtensionAmount') - total('AllowanceTotalAmount') + total('ChargeTotalAmount'),
    ],
    ['BR-CO-14', minor('TaxTotal/TaxAmount'), minor('TaxTotal/TaxSubtotal/TaxAmount')],
    [
      'BR-CO-15',
      total('TaxInclusiveAmount'),
      total('TaxExclusiveAmount') + minor('TaxTotal/TaxAmount'),
    ],
    ['BR-CO-16', total('PayableAmount'), total('TaxInclusiveAmount') - total('PrepaidAmount')],
  ]
  return rules.flatMap(([rule, left, right]) =>
    left === right ? [] : [`${rule} ${left} ${right}`],
  )
}

test('a receipt under IOSS: the tax of the seller is the tax, freight is a charge', () => {
  const xml = written(iossReceipt())
  // 3 × 39.90 goods, 3 × 4.00 freight, 20% of 131.70, all paid.
  expect(Object.fromEntries(totalsOf(xml, 'Invoice'))).toEqual({
    LineExtensionAmount: '119.70',
    TaxExclusiveAmount: '131.70',
    TaxInclusiveAmount: '158.04',
    ChargeTotalAmount: '12.00',
    PrepaidAmount: '158.04',
    PayableAmount: '0.00',
  })
  expect(at(xml, 'Invoice/TaxTotal/TaxSubtotal/TaxableAmount')).toEqual(['131.70'])
  expect(at(xml, 'Invoice/TaxTotal/TaxSubtotal/TaxAmount')).toEqual(['26.34'])
  expect(at(xml, 'Invoice/TaxTotal/TaxSubtotal/TaxCategory/ID')).toEqual(['S'])
  expect(at(xml, 'Invoice/CustomizationID')).toEqual(['urn:cen.eu:en16931:2017'])
  expect(at(xml, 'Invoice/Note')).toEqual(['VAT 20%. Source: Directive 2006/112/EC'])
})

test('duty and tax of customs are charges, with a reason, and no tax of the seller', () => {
  const xml = written(dutyPaidReceipt())
  expect(at(xml, 'Invoice/AllowanceCharge/AllowanceChargeReason')).toEqual([
    'Freight: EMS',
    'Insurance: All risks 0.5%',
    'Duty: MFN 8%',
    'Duty: Rounding of duty',
    'Excise: Excise EUR 0.10 per piece, for Batik scarf, silk',
    'Tax: Import VAT 20%',
    'Fee: Clearance',
  ])
  expect(at(xml, 'Invoice/AllowanceCharge/ChargeIndicator')).toEqual(
    'true true true false true true true'.split(' '),
  )
  expect(at(xml, 'Invoice/TaxTotal/TaxSubtotal/TaxCategory/ID')).toEqual(['O'])
  expect(at(xml, 'Invoice/TaxTotal/TaxAmount')).toEqual(['0.00'])
  expect(at(xml, 'Invoice/AccountingSupplierParty/Party/PartyTaxScheme')).toEqual([])
})

test('a credit note refers to the receipt it corrects', () => {
  const xml = written(iossReceipt({ corrects }))
  const reference = 'CreditNote/BillingReference/InvoiceDocumentReference'
  expect(at(xml, `${reference}/ID`)).toEqual(['R-2026-000100'])
  expect(at(xml, `${reference}/IssueDate`)).toEqual(['2026-10-01'])
  expect(at(xml, 'CreditNote/CreditNoteTypeCode')).toEqual(['381'])
  expect(at(xml, 'CreditNote/CreditNoteLine/CreditedQuantity')).toEqual(['2', '2', '2'])
})

test('what is not paid is payable', () => {
  const xml = written(iossReceipt({ paid: [] }))
  expect(at(xml, 'Invoice/LegalMonetaryTotal/PayableAmount')).toEqual(['158.04'])
  expect(at(xml, 'Invoice/PaymentTerms/Note')).toEqual(['Payable with the order.'])
})

const seller = iossReceipt().seller
test.each<[what: string, receipt: Receipt, unmet: string[]]>([
  ['IOSS', iossReceipt(), []],
  ['duty paid', dutyPaidReceipt(), []],
  ['three decimals', settled({ ...dutyPaidReceipt(), currency: 'KWD', lines: [] }), ['BR-DEC']],
  [
    'a seller without numbers',
    dutyPaidReceipt({ seller: { ...seller, identifiers: [] } }),
    ['BR-CO-26'],
  ],
  [
    'a seller who is in no tax register',
    iossReceipt({ seller: { ...seller, identifiers: seller.identifiers.slice(0, 1) } }),
    ['BR-S-02'],
  ],
  [
    'a tax on less than what is listed',
    iossReceipt({ charges: iossReceipt().charges.filter(({ kind }) => kind === 'tax') }),
    ['BR-S-08'],
  ],
])('%s: what EN 16931 asks and the record cannot give', (_, receipt, unmet) => {
  expect(unmetRules(receipt)).toEqual(unmet)
})

test('a receipt that claims too much for a rule does not claim the standard', () => {
  const xml = written(dutyPaidReceipt({ seller: { ...seller, identifiers: [] } }))
  expect(at(xml, 'Invoice/CustomizationID')).toEqual([])
})

test('sums add up as EN 16931 wants, whatever is on the receipt', () => {
  fc.assert(
    fc.property(anyReceipt, (receipt) => {
      expect(brokenSums(written(receipt), receipt)).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('the sums of this test find an invoice that does not add up', () => {
  const xml = written(dutyPaidReceipt())
  const wrong = xml.replace(/(<cbc:ChargeTotalAmount[^>]*>)[\d.]+/, '$11.00')
  expect(brokenSums(wrong, dutyPaidReceipt()).map((each) => each.slice(0, 8))).toEqual([
    'BR-CO-12',
    'BR-CO-13',
  ])
})

test('text comes back as it can be seen', () => {
  const description = '<b>Silk & "batik"</b> \u0000]]> 😀 شال'
  const lines = iossReceipt({}, 1).lines.map((line) => ({ ...line, description }))
  expect(at(written(iossReceipt({ lines }, 1)), 'Invoice/InvoiceLine/Item/Name')).toEqual([
    '<b>Silk & "batik"</b> ]]> 😀 شال',
  ])
})

test('a receipt that does not add up is refused with the place', () => {
  const receipt = iossReceipt()
  const totals = { ...receipt.totals, tax: receipt.totals.tax + 1n }
  expect(toUbl({ ...receipt, totals }, english)).toMatchObject({
    refused: 'receipt-does-not-add',
    facts: { at: 'totals.tax', stated: '26.35 EUR', sum: '26.34 EUR' },
  })
})

const totalsOf = (xml: string, root: string) =>
  'LineExtension TaxExclusive TaxInclusive AllowanceTotal ChargeTotal Prepaid Payable'
    .split(' ')
    .map(
      (each) => [`${each}Amount`, at(xml, `${root}/LegalMonetaryTotal/${each}Amount`)[0]] as const,
    )
    .filter(([, value]) => value !== undefined)

describe.runIf(hasUbl)(name, () => {
  const faults = hasUbl ? ublSchema() : () => []

  test('the schema takes the examples of the standard and refuses what is out of order', () => {
    const examples = [...archive('en16931-example-invoices.tar.gz')].filter(([path]) =>
      /^ubl\/examples\/ubl-tc434-(example|creditnote)\d+\.xml$/.test(path),
    )
    expect(examples.length).toBeGreaterThan(8)
    for (const [, content] of examples) expect(faults(content.toString('utf8'))).toEqual([])
    const wrong = written(iossReceipt()).replace('cbc:IssueDate>', 'cbc:IssueDay>')
    expect(() => faults(wrong)).toThrow()
    const swapped = written(iossReceipt()).replaceAll('cbc:IssueDate', 'cbc:IssueDay')
    expect(faults(swapped)).toHaveLength(1)
  })

  test.each(locales)('all kinds are valid in %s', (locale) => {
    const kinds = [iossReceipt(), dutyPaidReceipt(), iossReceipt({ paid: [] })]
    for (const kind of kinds)
      for (const receipt of [kind, { ...kind, corrects }])
        expect(faults(written(receipt, languageFor(locale)))).toEqual([])
  })

  test('whatever is on the receipt', () => {
    fc.assert(
      fc.property(anyReceipt, (receipt) => {
        expect(faults(written(receipt))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
