import { isDeepStrictEqual } from 'node:util'
import { isCountry } from '../../basis/country.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { crc16 } from './crc.ts'
import { readMoney } from './read-money.ts'
import { bare, readAdditional, readInLanguage, readTemplate, within } from './read-templates.ts'
import { kindOf, type SellerCode } from './seller-code.ts'
import { readObjects, type Counting, type PlacedObject } from './tlv.ts'
import { given, whole } from './whole.ts'

/**
 * Reads the text of a seller's code, our own or foreign. Every refusal carries `at`: how many characters stand before
 * the place. First comes the text as a whole: `qr-too-long`, `qr-sign-unreadable` (control signs, and those that turn
 * the direction of text), `qr-other-kind`, `qr-check-missing`, `qr-check-wrong`; then its objects (tlv.ts); then what is
 * in them: `qr-value-broken`, `qr-object-missing`, `qr-country-unknown`, `qr-currency-unknown`, `qr-amount-zero`,
 * `qr-amount-too-fine`, `qr-tip-contradicts`, `qr-owner-missing`.
 *
 * Lengths are tried as characters and as bytes (tlv.ts), and nearly always one of them makes sense of the whole text. A
 * text that says two different things, `qr-two-readings`, would send the money of two payers to two places.
 */
export function readSellerCode(text: string): SellerCode | Refused {
  const broken = checkWhole(text)
  if (broken) return broken
  const characters = readCounted(text, 'characters')
  const foreign = text.search(/[^\x20-\x7e]/)
  if (foreign < 0) return characters
  const bytes = readCounted(text, 'bytes')
  if (isRefused(bytes)) return characters
  if (isRefused(characters) || isDeepStrictEqual(characters, bytes)) return bytes
  return refused('qr-two-readings', { at: foreign })
}

/** The largest QR code (ISO/IEC 18004: version 40, level L) holds no more. */
const mostBytes = 2953

const unreadable = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]--[\u200C\u200D]]/v

/** What can be said before it is taken apart. */
function checkWhole(text: string): Refused | undefined {
  if (Buffer.byteLength(text) > mostBytes) return refused('qr-too-long', { at: 0, mostBytes })
  const hidden = unreadable.exec(text)
  if (hidden) return refused('qr-sign-unreadable', { at: [...text.slice(0, hidden.index)].length })
  if (!text.startsWith('000201')) return refused('qr-other-kind', { at: 0 })
  const [, printed] = /6304([\dA-Fa-f]{4})$/.exec(text) ?? []
  const { length } = [...text]
  if (!printed) return refused('qr-check-missing', { at: length })
  const computed = crc16(text.slice(0, -4))
  if (printed.toUpperCase() === computed) return undefined
  return refused('qr-check-wrong', { at: length - 4, printed, computed })
}

function readCounted(text: string, counting: Counting): SellerCode | Refused {
  const objects = readObjects(text, counting)
  if (isRefused(objects)) return objects
  const broken = checkObjects(objects)
  if (broken) return broken
  const find = (id: string) => objects.find((object) => object.id === id)
  const template = (object: PlacedObject) => readTemplate(object, counting)
  const parts = whole({
    money: readMoney(find),
    accounts: whole(within(objects, '26', '51').map(template)),
    additional: readAdditional(find('62'), counting),
    inLanguage: readInLanguage(find('64'), counting),
    unreserved: whole(within(objects, '80', '99').map(template)),
  })
  if (isRefused(parts)) return parts
  return {
    ...parts.money,
    country: find('58')?.text ?? '',
    accounts: [...bare(within(objects, '02', '25')), ...parts.accounts],
    reserved: bare(within(objects, '65', '79')),
    unreserved: parts.unreserved,
    ...given({
      kind: kindOf(find('01')?.text),
      category: find('52')?.text,
      name: find('59')?.text,
      city: find('60')?.text,
      postalCode: find('61')?.text,
      additional: parts.additional,
      inLanguage: parts.inLanguage,
    }),
  }
}

const amount = /^(?=.{1,13}$)\d+(\.\d+)?$/

/** Values whose form the standard gives. The others are free text. */
const forms: Readonly<Record<string, RegExp>> = {
  '00': /^01$/,
  '01': /^1[12]$/,
  '52': /^\d{4}$/,
  '53': /^\d{3}$/,
  '54': amount,
  '55': /^0[123]$/,
  '56': amount,
  '57': /^\d{1,2}(\.\d{1,2})?$/,
  '58': /^[A-Z]{2}$/,
  '63': /^[\dA-Fa-f]{4}$/,
}

/**
 * What nobody can pay without. The standard also wants 52, 59 and 60, which national schemes leave out: there the name
 * comes from the account.
 */
const needed = [/^(0[2-9]|[1-4]\d|5[01])$/, /^53$/, /^58$/]

function checkObjects(objects: readonly PlacedObject[]): Refused | undefined {
  const broken = objects.find(({ id, text }) => forms[id]?.test(text) === false)
  if (broken) return refused('qr-value-broken', { at: broken.at, id: broken.id })
  const last = objects.at(-1)
  const end = last?.at ?? 0
  if (last?.id !== '63') return refused('qr-check-missing', { at: end })
  const missing = needed.findIndex((pattern) => !objects.some(({ id }) => pattern.test(id)))
  if (missing >= 0)
    return refused('qr-object-missing', { at: end, id: ['02-51', '53', '58'][missing] ?? '' })
  const country = objects.find(({ id }) => id === '58')
  if (country && !isCountry(country.text))
    return refused('qr-country-unknown', { at: country.at, country: country.text })
  return undefined
}
