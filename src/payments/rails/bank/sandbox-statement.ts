import { formatMinor } from '../../../basis/money.ts'
import type { Day } from '../../../basis/day.ts'
import type { Transfer } from '../transfer.ts'
import { endToEndOf } from './bank-rail.ts'

/**
 * What the bank of the sandbox would answer to a file: camt.054.001.08, with every payout paid on its day. For trying the
 * whole way; no money moves, and no bank ever saw the file.
 */
export function sandboxStatement(
  { id, paysOn }: { readonly id: string; readonly paysOn: Day },
  payouts: readonly Transfer[],
): string {
  const created = `<CreDtTm>${paysOn}T20:00:00Z</CreDtTm>`
  return [
    `<?xml version="1.0" encoding="UTF-8"?>\n`,
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>\n`,
    `<GrpHdr><MsgId>S${endToEndOf(id)}</MsgId>${created}</GrpHdr>\n`,
    ...[...Map.groupBy(payouts, ({ currency }) => currency)].map(([currency, paid]) =>
      [
        `<Ntfctn><Id>${currency}-${paysOn}</Id>${created}`,
        `<Acct><Id><Othr><Id>SANDBOX</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>\n`,
        ...paid.map((each) => entry(each, paysOn)),
        `</Ntfctn>\n`,
      ].join(''),
    ),
    `</BkToCstmrDbtCdtNtfctn></Document>\n`,
  ].join('')
}

const amountXml = (amount: bigint, currency: string): string =>
  `<Amt Ccy="${currency}">${formatMinor(amount, currency)}</Amt>`

const entry = ({ id, amount, currency }: Transfer, on: Day): string =>
  `<Ntry>${amountXml(amount, currency)}<CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
  `<BookgDt><Dt>${on}</Dt></BookgDt><BkTxCd><Prtry><Cd>SANDBOX</Cd></Prtry></BkTxCd><NtryDtls><TxDtls>` +
  `<Refs><EndToEndId>${endToEndOf(id)}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>\n`
