/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { cutText, isReadable } from '../../basis/clean-text.ts'
import { destinationOf } from '../../catalogue/index.ts'
import {
  checkAddress,
  signedInActor,
  type AddressFault,
  type TypedAddress,
} from '../../parties/index.ts'
import type { FieldError, Language } from '../../ui/index.ts'
import { shipToOf } from '../baskets/basket.ts'
import { keepSecret, readSecret } from '../baskets/basket-cookie.ts'
import { findBasket, keepShipTo } from '../baskets/keep-basket.ts'
import { findOrdersOf } from '../find-orders.ts'
import type { ShipTo } from '../order.ts'
import type { OrderParts } from '../parts.ts'
import { AddressPage, partWord, type TypedShipTo } from './address-page.tsx'
import { readForm, type Form } from './read-form.ts'
import { readerOf } from './shell.tsx'

/** First step of checkout. */
export async function showAddress(c: Context, parts: OrderParts): Promise<Response> {
  const basket = await findBasket(parts.db.kysely, parts.hub.id, readSecret(c))
  if (basket.lines.length === 0) return c.redirect('/basket', 303)
  const destination = destinationOf(c, parts)
  const { personId: id, name } = signedInActor(c)
  const before = await findOrdersOf(parts.db.kysely, parts.hub.id, { side: 'buyer', id, most: 10 })
  // An address in another country has other parts. Who has ordered before does not type it again.
  const known =
    shipToOf(basket, id, destination) ??
    before.find(({ shipTo }) => shipTo.address.country === destination)?.shipTo
  const typed = known ? typedFrom(known) : { ...nothing, name }
  return c.html(<AddressPage {...{ destination, typed }} reader={readerOf(c)} errors={[]} />)
}

export async function saveAddress(c: Context, parts: OrderParts): Promise<Response> {
  const typed = typedIn(await readForm(c))
  const destination = destinationOf(c, parts)
  const reader = readerOf(c)
  const address = checkAddress(destination, typed.address)
  const faults = Array.isArray(address) ? address : []
  const errors = [
    ...faultsOf(typed, reader.language),
    ...faults.map((fault) => errorOf(fault, destination, reader.language)),
  ]
  if (errors.length > 0 || Array.isArray(address))
    return c.html(<AddressPage {...{ reader, destination, typed, errors }} />, 422)
  const { name, phone } = typed
  await keepShipTo(parts, keepSecret(c, parts.random), {
    ...{ name, phone, address },
    saidBy: signedInActor(c).personId,
  })
  return c.redirect('/checkout/review', 303)
}

const noAddress: TypedAddress = { lines: '', district: '', town: '', region: '', postcode: '' }
const nothing: TypedShipTo = { name: '', phone: '', address: noAddress }

const typedFrom = ({ name, phone, address }: ShipTo): TypedShipTo => {
  const { lines, country: _, ...rest } = address
  return { name, phone, address: { ...noAddress, ...rest, lines: lines.join('\n') } }
}

function typedIn(form: Form): TypedShipTo {
  const part = (name: string) => cutText(form.text(`address-${name}`), 200)
  return {
    name: cutText(form.text('name'), 120),
    phone: cutText(form.text('phone'), 30),
    address: {
      lines: cutText(form.lines('address-lines'), 400),
      ...{ district: part('district'), town: part('town') },
      ...{ region: part('region'), postcode: part('postcode') },
    },
  }
}

/** Of what every parcel needs, whatever the country. */
function faultsOf({ name, phone }: TypedShipTo, { t }: Language): FieldError[] {
  return [
    ...(isReadable(name) ? [] : [{ field: 'name', message: t('orders.error.nameMissing') }]),
    // Carriers call it; how a country groups its digits is its own business.
    ...(phone === '' || /^\+?[\d\s().-]{5,30}$/.test(phone)
      ? []
      : [{ field: 'phone', message: t('orders.error.phone') }]),
  ]
}

function errorOf(
  { part, reason, example = '' }: AddressFault,
  country: string,
  language: Language,
): FieldError {
  const values = { part: partWord(part, country, language), example }
  return {
    field: `address-${part}`,
    message: language.t(
      reason === 'missing' ? 'orders.error.addressMissing' : 'orders.error.addressPart',
      values,
    ),
  }
}
