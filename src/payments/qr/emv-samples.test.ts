import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { isRefused } from '../../basis/refusal.ts'
import { formatMinor } from '../../basis/money.ts'
import { crc16 } from './crc.ts'
import { readSellerCode } from './read-seller-code.ts'
import type { SellerCode } from './seller-code.ts'
import { writeSellerCode } from './write-seller-code.ts'

// Codes that others made, which are no part of the project: EWTP_REFERENCE_DATA names the folder that holds `payments/`.
const data = process.env['EWTP_REFERENCE_DATA']
const file = join(data ?? '', 'payments', 'emv-mpm-qr-samples.csv')
const here = Boolean(data) && existsSync(file)
const name = 'codes of EMVCo, PromptPay, Pix and JDB'
if (!here) console.log(`not run: ${name} (EWTP_REFERENCE_DATA not set)`)

interface Sample {
  name: string
  payload: string
  crc_printed: string
}
const samples: Sample[] = here ? parse(readFileSync(file), { columns: true, bom: true }) : []

/** What a wallet shows of each: kind, whom by which account, what. `-` is not said. */
const told: Record<string, string> = {
  'emvco-mpm-spec-example':
    'dynamic | 29 D15600000000, 31 D15600000001 | BEST TRANSPORT, BEIJING, CN | 23.72 CNY',
  'promptpay-phone-static': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-phone-2': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-phone-3': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-national-id': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-tax-id': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-ewallet': 'static | 29 A000000677010111 | -, -, TH | - THB',
  'promptpay-amount-4.22': 'dynamic | 29 A000000677010111 | -, -, TH | 4.22 THB',
  'pix-example-multi':
    '- | 04 12345678901234, 26 BR.GOV.BCB.PIX, 27 BR.COM.OUTRO | NOME DO RECEBEDOR, BRASILIA, BR | 123.45 BRL',
  // Its city has 16 letters, one more than the standard allows.
  'pix-amount-73.62': '- | 26 br.gov.bcb.pix | Pix, Sao Joao del Rei, BR | 73.62 BRL',
  // 999.123 yen: nobody can pay a part of a yen.
  'jpqr-like-dongri': 'qr-amount-too-fine at 68',
  'laos-jdb':
    'static | 15 2031041800520446JDBMSZZXE44BFS0, 38 A005266284662577 | JDBMSZZXE44BFS0, Vientiane, LA | - LAK',
}

test.skipIf(!here)(`${name}: each says what it should`, () => {
  const read = samples.map((sample) => [sample.name, tell(sample.payload)])
  expect(Object.fromEntries(read)).toEqual(told)
})

test.skipIf(!here)(`${name}: written anew they keep their meaning`, () => {
  for (const { payload } of samples) {
    const code = readSellerCode(payload)
    if (isRefused(code)) continue
    const text = writeSellerCode(code)
    expect(typeof text === 'string' ? readSellerCode(text) : text).toEqual(code)
  }
})

test.skipIf(!here)(`${name}: those in the order of the ids come back letter by letter`, () => {
  const same = samples.filter(({ payload }) => {
    const code = readSellerCode(payload)
    return !isRefused(code) && writeSellerCode(code) === payload
  })
  expect(same.map((sample) => sample.name)).toEqual([
    'pix-example-multi',
    'pix-amount-73.62',
    'laos-jdb',
  ])
})

test.skipIf(!here)(`${name}: the checks are as printed`, () => {
  for (const { payload, crc_printed } of samples)
    expect(crc16(payload.slice(0, -4))).toBe(crc_printed)
})

test.skipIf(!here)(`${name}: any one wrong sign is found`, () => {
  const signs = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index))
  for (const { payload } of samples) {
    const code = readSellerCode(payload)
    const letters = [...payload]
    const passed = letters.flatMap((letter, at) =>
      signs.flatMap((sign) => {
        const wrong = readSellerCode(letters.with(at, sign).join(''))
        const found =
          isRefused(wrong) || JSON.stringify(wrong, texts) === JSON.stringify(code, texts)
        return found ? [] : [`${letter} at ${at} as ${sign}`]
      }),
    )
    expect(passed).toEqual([])
  }
})

const texts = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

function tell(payload: string): string {
  const code = readSellerCode(payload)
  if (isRefused(code)) return `${code.refused} at ${code.facts['at']}`
  const { kind = '-', name: seller = '-', city = '-', country } = code
  const accounts = code.accounts.map(
    (each) => `${each.id} ${'owner' in each ? each.owner : each.text}`,
  )
  return [kind, accounts.join(', '), [seller, city, country].join(', '), amountOf(code)].join(' | ')
}

function amountOf({ amountMinor, currency }: SellerCode): string {
  const amount = amountMinor === undefined ? '-' : formatMinor(amountMinor, currency)
  return `${amount} ${currency}`
}
