import { expect, test } from 'vitest'
import { hasSchemas, isoFile, schema } from '../../../test/support/xsd.ts'
import { isRefused } from '../../basis/refusal.ts'
import { gapOf } from './bank-file.ts'
import { readCamt } from './read-camt.ts'
import { readXml } from './read-xml.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (xml: string) => {
  const file = readCamt(bytes(xml))
  if (isRefused(file)) throw new Error(JSON.stringify(file))
  return file
}

const namespace = (message: string) => `urn:iso:std:iso:20022:tech:xsd:${message}`

const bal = (code: string, amount: string) => `
  <Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-25</Dt></Dt></Bal>`

const entry = (inner: { amount?: string; sts?: string; more?: string; details?: string } = {}) => `
  <Ntry><Amt Ccy="EUR">${inner.amount ?? '30.00'}</Amt><CdtDbtInd>DBIT</CdtDbtInd>${inner.more ?? ''}
    <Sts>${inner.sts ?? '<Cd>BOOK</Cd>'}</Sts><BookgDt><Dt>2026-11-25</Dt></BookgDt>
    <AcctSvcrRef>B-1</AcctSvcrRef>
    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
    <NtryDtls>${inner.details ?? ''}</NtryDtls></Ntry>`

/** A batch of two payouts, one of which was sent back the same day. */
const batch = `<Btch><NbOfTxs>2</NbOfTxs></Btch>
  <TxDtls><Refs><EndToEndId>e1</EndToEndId></Refs><Amt Ccy="EUR">10.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
    <RltdPties><Cdtr><Pty><Nm>Bo &amp; Chen</Nm></Pty></Cdtr></RltdPties></TxDtls>
  <TxDtls><Refs><EndToEndId>e2</EndToEndId></Refs><Amt Ccy="EUR">20.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>
    <RmtInf><Ustrd>one</Ustrd><Ustrd>two&#33;</Ustrd>
      <Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
    <RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>`

const statement = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="${namespace('camt.053.001.08')}"><BkToCstmrStmt>
  <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-11-26T03:00:00+01:00</CreDtTm></GrpHdr>
  <Stmt><Id>S-1</Id><Acct><Id><IBAN>DE89370400440532013000</IBAN></Id></Acct>${inner}</Stmt>
</BkToCstmrStmt></Document>`

const whole = statement(bal('OPBD', '100') + bal('CLBD', '70.00') + entry({ details: batch }))

test('a statement of a bank', () => {
  const file = read(whole)
  expect(file).toMatchObject({ message: 'camt.053', version: '08', id: 'M-1' })
  expect(file.statements).toHaveLength(1)
  expect(file.statements[0]).toEqual({
    id: 'S-1',
    account: 'DE89370400440532013000',
    balances: [
      { code: 'OPBD', amountMinor: 100_00n, currency: 'EUR', on: '2026-11-25' },
      { code: 'CLBD', amountMinor: 70_00n, currency: 'EUR', on: '2026-11-25' },
    ],
    entries: [
      {
        place: 'Stmt[1]/Ntry[1]',
        amountMinor: 30_00n,
        currency: 'EUR',
        direction: 'debit',
        status: 'booked',
        reversal: false,
        bookedOn: '2026-11-25',
        valueOn: undefined,
        reference: undefined,
        servicerReference: 'B-1',
        code: 'PMNT/ICDT/ESCT',
        batchCount: 2,
        details: [
          {
            place: 'Stmt[1]/Ntry[1]/NtryDtls[1]/TxDtls[1]',
            endToEndId: 'e1',
            remittance: '',
            counterparty: 'Bo & Chen',
            amountMinor: 10_00n,
            currency: 'EUR',
            direction: 'debit',
          },
          {
            place: 'Stmt[1]/Ntry[1]/NtryDtls[1]/TxDtls[2]',
            endToEndId: 'e2',
            creditorReference: 'RF18539007547034',
            remittance: 'one two!',
            amountMinor: 20_00n,
            currency: 'EUR',
            direction: 'debit',
            returnReason: 'AC04',
          },
        ],
      },
    ],
  })
})

test('a notification of version 02: status and parties without a choice, prefixes, an envelope', () => {
  const file = read(`<env><AppHdr/><c:Document xmlns:c="${namespace('camt.054.001.02')}">
    <c:BkToCstmrDbtCdtNtfctn><c:GrpHdr><c:MsgId>M-2</c:MsgId></c:GrpHdr>
      <c:Ntfctn><c:Id>N-1</c:Id><c:Acct><c:Id><c:Othr><c:Id>123</c:Id></c:Othr></c:Id></c:Acct>
        <c:Ntry><c:Amt Ccy="JPY">1500</c:Amt><c:CdtDbtInd>CRDT</c:CdtDbtInd><c:RvslInd>true</c:RvslInd>
          <c:Sts>PDNG</c:Sts><c:BookgDt><c:DtTm>2026-11-25T23:59:59+09:00</c:DtTm></c:BookgDt>
          <c:BkTxCd><c:Prtry><c:Cd>NTRF</c:Cd></c:Prtry></c:BkTxCd>
          <c:NtryDtls><c:TxDtls><c:AmtDtls><c:TxAmt><c:Amt Ccy="JPY">1500</c:Amt></c:TxAmt></c:AmtDtls>
            <c:RltdPties><c:Dbtr><c:Nm>Chen</c:Nm></c:Dbtr></c:RltdPties></c:TxDtls></c:NtryDtls>
        </c:Ntry></c:Ntfctn></c:BkToCstmrDbtCdtNtfctn></c:Document></env>`)
  expect(file).toMatchObject({
    message: 'camt.054',
    version: '02',
    statements: [
      {
        account: '123',
        balances: [],
        entries: [
          {
            amountMinor: 1500n,
            direction: 'credit',
            status: 'pending',
            reversal: true,
            bookedOn: '2026-11-25',
            code: 'NTRF',
            details: [{ amountMinor: 1500n, counterparty: 'Chen' }],
          },
        ],
      },
    ],
  })
})

test.each([
  ['', false],
  ['<RvslInd>false</RvslInd>', false],
  ['<RvslInd>true</RvslInd>', true],
  ['<RvslInd>1</RvslInd>', true],
])('%j: taken back %s', (more, reversal) => {
  expect(read(statement(entry({ more }))).statements[0]?.entries[0]?.reversal).toBe(reversal)
})

test.each<[string, string, string[]]>([
  ['an amount below nothing', entry({ amount: '-1' }), ['Stmt[1]/Ntry[1]/Amt: no-amount']],
  ['an exponent', entry({ amount: '1e3' }), ['Stmt[1]/Ntry[1]/Amt: no-amount']],
  ['a third decimal', entry({ amount: '1.001' }), ['Stmt[1]/Ntry[1]/Amt: finer-than-currency']],
  ['decimals that are nothing', entry({ amount: '1.50000' }), []],
  ['no amount', entry({ amount: '' }), ['Stmt[1]/Ntry[1]/Amt: missing']],
  ["a bank's own status", entry({ sts: '<Prtry>MAYBE</Prtry>' }), ['Stmt[1]/Ntry[1]/Sts: unknown']],
  ['a new status', entry({ sts: '<Cd>GONE</Cd>' }), ['Stmt[1]/Ntry[1]/Sts: unknown']],
  [
    'a reversal that is not sure',
    entry({ more: '<RvslInd>perhaps</RvslInd>' }),
    ['Stmt[1]/Ntry[1]/RvslInd: unknown'],
  ],
  [
    'the second entry, in another currency',
    `${entry()}${entry().replace('EUR', 'XXX')}`,
    ['Stmt[1]/Ntry[2]/Amt: currency'],
  ],
  [
    'a day that is none',
    entry().replace('2026-11-25', '2026-11-31'),
    ['Stmt[1]/Ntry[1]/BookgDt: no-day'],
  ],
  [
    'several at once',
    entry({ amount: 'x' }).replace('DBIT', 'BOTH') + bal('CLBD', '1').replace(/<Dt>.*<\/Dt>/, ''),
    [
      'Stmt[1]/Bal[1]/Dt: missing',
      'Stmt[1]/Ntry[1]/CdtDbtInd: unknown',
      'Stmt[1]/Ntry[1]/Amt: no-amount',
    ],
  ],
  [
    'a batch of a few',
    entry({ details: '<Btch><NbOfTxs>few</NbOfTxs></Btch>' }),
    ['Stmt[1]/Ntry[1]/NtryDtls[1]/Btch/NbOfTxs: no-count'],
  ],
])('%s', (_, inner, places) => {
  const found = readCamt(bytes(statement(inner)))
  if (places.length === 0) expect(isRefused(found)).toBe(false)
  else expect(found).toEqual({ refused: 'camt-broken', facts: { faults: places.length, places } })
})

test.each<[string, string | Uint8Array, string, object?]>([
  ['nothing', '', 'xml-broken', { line: 1, column: 1 }],
  ['no XML', 'MT940', 'xml-broken'],
  ['a tag left open', '<Document>\n <A></Document>', 'xml-broken', { line: 2 }],
  ['two roots', `${whole.replace(/^<\?.*\?>/, '')}<More/>`, 'camt-unknown'],
  ['another message', whole.replaceAll('camt.053', 'camt.052'), 'camt-unknown'],
  ['a version to come', whole.replaceAll('001.08', '001.99'), 'camt-unknown'],
  ['a namespace of nobody', whole.replace(/ xmlns="[^"]*"/, ''), 'camt-unknown', { namespace: [] }],
  ['a type of its own', `<!DOCTYPE Document>${whole}`, 'xml-with-document-type'],
  [
    'a file of the disk',
    `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>`,
    'xml-with-document-type',
  ],
  [
    'a billion laughs',
    `<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Document>&b;</Document>`,
    'xml-with-document-type',
  ],
  ['depth', '<a>'.repeat(50) + '</a>'.repeat(50), 'xml-too-deep', { most: 40 }],
  ['much depth', '<a>'.repeat(300_000) + '</a>'.repeat(300_000), 'xml-too-deep'],
  ['a prototype', '<Document><__proto__><x/></__proto__></Document>', 'xml-broken'],
  ['broken UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xff), 'xml-not-utf-8'],
  ['UTF-16', Buffer.from(`\uFEFF${whole}`, 'utf16le'), 'xml-not-utf-8'],
  ['Latin', whole.replace('UTF-8', 'ISO-8859-1'), 'xml-not-utf-8'],
  ['20 MB and more', new Uint8Array(20_000_001), 'xml-too-large'],
])('refuses %s', (_, file, code, facts = {}) => {
  const begun = process.threadCpuUsage()
  const found = readCamt(typeof file === 'string' ? bytes(file) : file)
  const { user, system } = process.threadCpuUsage(begun)
  expect(found).toMatchObject({ refused: code, facts })
  expect((user + system) / 1e6).toBeLessThan(5)
})

test('what is no entity of XML stays text, and numbers of characters are read once', () => {
  expect(readXml(bytes('<a>&foo; &#x1F600; &amp;#65; <![CDATA[&lt;]]></a>'))).toMatchObject({
    value: { a: '&foo; 😀 &#65;&lt;' },
  })
})

test.each([
  ['re-adds', bal('OPBD', '100') + bal('CLBD', '70') + entry(), 0n],
  ['an entry is missing', bal('OPBD', '100') + bal('CLBD', '60') + entry(), -10_00n],
  [
    'what is only announced does not count',
    bal('OPBD', '100') + bal('CLBD', '70') + entry() + entry({ sts: '<Cd>PDNG</Cd>' }),
    0n,
  ],
  ['the closing balance of the day before', bal('PRCD', '100') + bal('CLBD', '70') + entry(), 0n],
  ['no closing balance', bal('OPBD', '100') + entry(), undefined],
  ['two openings', bal('OPBD', '1') + bal('OPBD', '2') + bal('CLBD', '3'), undefined],
])('balances: %s', (_, inner, gap) => {
  const [found] = read(statement(inner)).statements
  expect(found && gapOf(found)).toBe(gap)
})

const name = 'samples of ISO 20022 messages'
if (!hasSchemas) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)

test.skipIf(!hasSchemas)(name, () => {
  expect(schema('camt.053.001.08')(whole)).toEqual([])
  expect(readCamt(isoFile('samples/prowide-camt.053.001.07.xml'))).toMatchObject({
    version: '07',
    statements: [
      {
        account: '2345234534',
        balances: [
          { code: 'OPAV', amountMinor: 234_234_00n, currency: 'USD', on: '2018-04-10' },
          { code: 'ITBD', amountMinor: 234_299_00n, currency: 'USD', on: '2018-04-19' },
        ],
        entries: [],
      },
    ],
  })
  for (const other of ['pain.001.001.03', 'prowide-pacs.008.001.07', 'prowide-pacs.002-CDATA'])
    expect(readCamt(isoFile(`samples/${other}.xml`))).toMatchObject({ refused: 'camt-unknown' })
})
