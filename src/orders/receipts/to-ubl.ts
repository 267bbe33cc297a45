import { formatMinor } from '../../basis/money.ts'
import type { Refused } from '../../basis/refusal.ts'
import type { Language } from '../../ui/index.ts'
import { checkReceipt } from './check-receipt.ts'
import { cleanReceipt } from './clean-receipt.ts'
import { dayOf } from './describe-receipt.ts'
import { paidMinor, type Receipt, type ReceiptCharge, type ReceiptLine } from './receipt.ts'
import { allowanceXml, partyXml, referencesXml, taxCategoryXml, type Amount } from './ubl-parts.ts'
import { taxView, unmetRules, type TaxView } from './value-added-tax.ts'
import { element, group } from './xml.ts'

export { unmetRules } from './value-added-tax.ts'

/**
 * The receipt as UBL 2.1: an Invoice, or a CreditNote when it corrects another. Freight, insurance, fees, excise, duty and
 * the taxes of customs are charges of the document; the tax that the seller collects is its tax. It claims EN 16931 when
 * `unmetRules` knows none that is not met. Refused as `checkReceipt` refuses.
 */
export function toUbl(given: Receipt, language: Language): string | Refused {
  const fault = checkReceipt(given)
  if (fault) return fault
  const receipt = cleanReceipt(given)
  const root = receipt.corrects ? 'CreditNote' : 'Invoice'
  const { number, issued, order, currency, lines, corrects } = receipt
  const view = taxView(receipt)
  const amount: Amount = (name, minor) =>
    element(name, formatMinor(minor, currency), { currencyID: currency })
  const isUnpaid = receipt.paid.length === 0 && receipt.totals.total > 0n
  const content = [
    unmetRules(receipt).length === 0 && element('cbc:CustomizationID', 'urn:cen.eu:en16931:2017'),
    element('cbc:ID', number),
    element('cbc:IssueDate', dayOf(issued)),
    corrects ? element('cbc:CreditNoteTypeCode', '381') : element('cbc:InvoiceTypeCode', '380'),
    ...(view.charges.length < receipt.charges.length ? taxNotes(receipt, view, language) : []),
    element('cbc:DocumentCurrencyCode', currency),
    group('cac:OrderReference', element('cbc:ID', order)),
    corrects &&
      group(
        'cac:BillingReference',
        group(
          'cac:InvoiceDocumentReference',
          element('cbc:ID', corrects.number),
          element('cbc:IssueDate', dayOf(corrects.issued)),
        ),
      ),
    ...referencesXml(receipt),
    group('cac:AccountingSupplierParty', partyXml(receipt.seller, 'seller', hasTax(view))),
    group('cac:AccountingCustomerParty', partyXml(receipt.buyer, 'buyer', hasTax(view))),
    deliveryXml(receipt),
    ...paymentXml(receipt),
    isUnpaid && group('cac:PaymentTerms', element('cbc:Note', language.t('receipts.ubl.terms'))),
    ...view.charges.map((charge) => allowanceXml(charge, receipt, view, language, amount)),
    taxTotalXml(view, amount, language),
    totalsXml(receipt, view, amount),
    ...lines.map((line) => lineXml(line, root, view, receipt, amount)),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${group(root, ...content).replace(
    `<${root}>`,
    `<${root} xmlns="${urn}${root}-2" xmlns:cac="${urn}CommonAggregateComponents-2" xmlns:cbc="${urn}CommonBasicComponents-2">`,
  )}\n`
}

const urn = 'urn:oasis:names:specification:ubl:schema:xsd:'

const hasTax = ({ groups }: TaxView): boolean => groups.some(({ category }) => category.id !== 'O')

/** The names and sources of the taxes, for which a tax total has no place. */
function taxNotes(receipt: Receipt, view: TaxView, { t }: Language): string[] {
  const listed = new Set<ReceiptCharge>(view.charges)
  const notes = receipt.charges
    .filter((charge) => !listed.has(charge))
    .map(({ name, rate, citation }) =>
      [`${name} ${rate}`, citation && t('receipts.source', { title: citation.title })]
        .filter(Boolean)
        .join('. '),
    )
  return [...new Set(notes)].map((note) => element('cbc:Note', note))
}

const deliveryXml = ({ shipTo }: Receipt): string =>
  group(
    'cac:Delivery',
    group(
      'cac:DeliveryLocation',
      group('cac:Address', group('cac:Country', element('cbc:IdentificationCode', shipTo))),
    ),
  )

/** Code 1 says that the means is not one of the list of UNCL 4461; its name says which. */
const paymentXml = ({ paid }: Receipt): string[] =>
  paid.slice(0, 1).map(() =>
    group(
      'cac:PaymentMeans',
      element('cbc:PaymentMeansCode', '1', {
        name: [...new Set(paid.map(({ by }) => by))].join(', '),
      }),
    ),
  )

function taxTotalXml({ groups, taxMinor }: TaxView, amount: Amount, language: Language): string {
  const subtotals = groups.map(({ category, taxableMinor, taxMinor: tax }) =>
    group(
      'cac:TaxSubtotal',
      amount('cbc:TaxableAmount', taxableMinor),
      amount('cbc:TaxAmount', tax),
      taxCategoryXml('cac:TaxCategory', category, language),
    ),
  )
  return group('cac:TaxTotal', amount('cbc:TaxAmount', taxMinor), ...subtotals)
}

/** BR-CO-10 to 16: lines, less what is taken off, with charges, with tax, less what was paid. */
function totalsXml(receipt: Receipt, { charges, taxMinor }: TaxView, amount: Amount): string {
  const { totals } = receipt
  const off = charges.reduce((sum, { amountMinor: it }) => (it < 0n ? sum - it : sum), 0n)
  const on = charges.reduce((sum, { amountMinor: it }) => (it < 0n ? sum : sum + it), 0n)
  const paid = paidMinor(receipt)
  return group(
    'cac:LegalMonetaryTotal',
    amount('cbc:LineExtensionAmount', totals.goods),
    amount('cbc:TaxExclusiveAmount', totals.total - taxMinor),
    amount('cbc:TaxInclusiveAmount', totals.total),
    off > 0n && amount('cbc:AllowanceTotalAmount', off),
    amount('cbc:ChargeTotalAmount', on),
    amount('cbc:PrepaidAmount', paid),
    amount('cbc:PayableAmount', totals.total - paid),
  )
}

function lineXml(
  line: ReceiptLine,
  root: 'Invoice' | 'CreditNote',
  view: TaxView,
  { currency }: Receipt,
  amount: Amount,
): string {
  const quantity = root === 'Invoice' ? 'cbc:InvoicedQuantity' : 'cbc:CreditedQuantity'
  return group(
    `cac:${root}Line`,
    element('cbc:ID', line.id),
    element(quantity, line.quantity, { unitCode: line.unit }),
    amount('cbc:LineExtensionAmount', line.amountMinor),
    group(
      'cac:Item',
      element('cbc:Name', line.description),
      group('cac:OriginCountry', element('cbc:IdentificationCode', line.origin)),
      group(
        'cac:CommodityClassification',
        element('cbc:ItemClassificationCode', line.subheading, { listID: 'HS' }),
      ),
      taxCategoryXml('cac:ClassifiedTaxCategory', view.categoryOfLine(line.id)),
    ),
    group('cac:Price', element('cbc:PriceAmount', line.unitPrice, { currencyID: currency })),
  )
}
