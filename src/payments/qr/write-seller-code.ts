import { currencyNumber } from '../../basis/currency.ts'
import { formatMinor } from '../../basis/money.ts'
import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { crc16 } from './crc.ts'
import { readSellerCode } from './read-seller-code.ts'
import {
  additionalNames,
  isTemplate,
  kindNumbers,
  type Account,
  type Additional,
  type InLanguage,
  type SellerCode,
  type Template,
} from './seller-code.ts'
import { wrapObjects, writeObjects, type DataObject } from './tlv.ts'
import { whole } from './whole.ts'

/**
 * The one text for a value: objects in the order of their ids, the check last, lengths in characters, amounts with all
 * decimals of their currency. What is written has been read again, so every refusal of `readSellerCode` can come, with
 * the place in the text that would have been; and besides `qr-value-length` and `qr-id-out-of-place`.
 */
export function writeSellerCode(code: SellerCode): string | Refused {
  const number = currencyNumber(code.currency)
  if (!number) return refused('qr-currency-unknown', { currency: code.currency })
  const objects = whole(objectsOf(code, number))
  if (isRefused(objects)) return objects
  const body = writeObjects(objects.toSorted((a, b) => Number(a.id) - Number(b.id)))
  if (isRefused(body)) return body
  const text = `${body}6304`
  const checked = `${text}${crc16(text)}`
  const again = readSellerCode(checked)
  return isRefused(again) ? again : checked
}

function objectsOf(code: SellerCode, currency: string): (DataObject | Refused)[] {
  return [
    { id: '00', text: '01' },
    ...object('01', code.kind && kindNumbers[code.kind]),
    ...code.accounts.map((account) => writeAccount(account)),
    ...object('52', code.category),
    { id: '53', text: currency },
    ...moneyOf(code),
    ...object('58', code.country),
    ...object('59', code.name),
    ...object('60', code.city),
    ...object('61', code.postalCode),
    ...(code.additional ? [writeAdditional(code.additional)] : []),
    ...(code.inLanguage ? [writeInLanguage(code.inLanguage)] : []),
    ...placed(code.reserved, '65', '79'),
    ...code.unreserved.map((template) => writeTemplate(template, '80', '99')),
  ]
}

const object = (id: string, text: string | undefined): DataObject[] =>
  text === undefined ? [] : [{ id, text }]

/** An id elsewhere would be read as something else. */
const place = <T extends DataObject | Template>(each: T, from: string, to: string): T | Refused =>
  /^\d\d$/.test(each.id) && from <= each.id && each.id <= to
    ? each
    : refused('qr-id-out-of-place', { id: each.id, from, to })

const placed = (objects: readonly DataObject[], from: string, to: string) =>
  objects.map((each) => place(each, from, to))

function moneyOf({ currency, amountMinor, tip }: SellerCode): DataObject[] {
  const amount = (id: string, minor: bigint) => ({ id, text: formatMinor(minor, currency) })
  const objects = amountMinor === undefined ? [] : [amount('54', amountMinor)]
  if (tip?.kind === 'asked') objects.push({ id: '55', text: '01' })
  if (tip?.kind === 'fixed') objects.push({ id: '55', text: '02' }, amount('56', tip.minor))
  if (tip?.kind === 'share') {
    const digits = String(tip.basisPoints).padStart(3, '0')
    const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`
    objects.push({ id: '55', text: '03' }, { id: '57', text })
  }
  return objects
}

function writeAccount(account: Account): DataObject | Refused {
  return isTemplate(account) ? writeTemplate(account, '26', '51') : place(account, '02', '25')
}

function writeTemplate(template: Template, from: string, to: string): DataObject | Refused {
  const at = place(template, from, to)
  if (isRefused(at)) return at
  return wrap(template.id, [
    { id: '00', text: template.owner },
    ...placed(template.fields, '01', '99'),
  ])
}

function writeAdditional({ others, templates, ...named }: Additional): DataObject | Refused {
  return wrap('62', [
    ...additionalNames.flatMap(([id, name]) => object(id, named[name])),
    ...placed(others, '10', '49'),
    ...templates.map((template) => writeTemplate(template, '50', '99')),
  ])
}

function writeInLanguage({ language, name, city, others }: InLanguage): DataObject | Refused {
  return wrap('64', [
    { id: '00', text: language },
    { id: '01', text: name },
    ...object('02', city),
    ...placed(others, '03', '99'),
  ])
}

function wrap(id: string, objects: readonly (DataObject | Refused)[]): DataObject | Refused {
  const sound = whole(objects)
  return isRefused(sound)
    ? sound
    : wrapObjects(
        id,
        sound.toSorted((a, b) => Number(a.id) - Number(b.id)),
      )
}
