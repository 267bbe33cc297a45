// A browser without scripts, for tests of what people read and send; and Chen, who buys.
import { expect } from 'vitest'
import type { Database } from '../../src/db/index.ts'
import type { BuyingWorld, Goods } from './buying-world.ts'
import { hubOrigin, testPerson, type TestPerson } from './people.ts'

export type Sent = Readonly<Record<string, string | readonly string[] | File>>

/** It keeps its cookies, follows redirects and sends forms. */
export function browserOf(world: BuyingWorld, person?: TestPerson, origin = hubOrigin) {
  const cookies = new Map([['destination', 'GB']])
  const [name = '', value = ''] = (person?.headers['cookie'] ?? '').split('=')
  if (person) cookies.set(name, value)
  const ask = async (path: string, body?: Sent, headers = {}): Promise<Seen> => {
    const cookie = [...cookies].map(([key, each]) => `${key}=${each}`).join('; ')
    const answer = await world.hub.fetch(
      new Request(origin + path, {
        method: body ? 'POST' : 'GET',
        headers: { cookie, origin, 'accept-language': 'en', ...headers },
        ...(body ? { body: formOf(body) } : {}),
      }),
    )
    const set = answer.headers.getSetCookie()
    for (const line of set) {
      const [, key = '', each = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(key, each)
    }
    const location = answer.headers.get('location')
    if (location !== null && answer.status === 303) return ask(location.replace(origin, ''))
    const html = await answer.text()
    return { status: answer.status, path, html, text: textOf(html), set }
  }
  return { cookies, get: (path: string) => ask(path), post: ask }
}
export type Seen = { status: number; path: string; html: string; text: string; set: string[] }
export type Browser = ReturnType<typeof browserOf>

/** A form with a file is sent in parts. */
export function formOf(body: Sent): URLSearchParams | FormData {
  const values = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((each) => [name, each] as const),
  )
  const form = new FormData()
  for (const [name, each] of values) form.append(name, each)
  const plain = values.flatMap(([name, each]) => (typeof each === 'string' ? [[name, each]] : []))
  return plain.length === values.length ? new URLSearchParams(plain) : form
}

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ')

/** The hidden fields of the form that goes to an address. */
export function fieldsOf(html: string, action: string, mark = ''): Record<string, string[]> {
  const forms = [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
  const [, , inside = ''] =
    forms.find(([, to, text]) => to === action && text?.includes(mark)) ?? []
  const fields: Record<string, string[]> = {}
  for (const [input] of inside.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1]
    const isChosen = !input.includes('type="radio"') || input.includes('checked')
    if (name && isChosen) (fields[name] ??= []).push(/value="([^"]*)"/.exec(input)?.[1] ?? '')
  }
  return fields
}

export const add = ({ post }: Browser, { path, variant }: Goods, quantity = '1'): Promise<Seen> => {
  const [, , shop, offer] = path.split('/')
  return post(`/basket/lines?shop=${shop}&offer=${offer}`, { variant, quantity })
}

export const london = {
  ...{ name: 'Chen', phone: '', 'address-lines': '221B Baker Street' },
  ...{ 'address-town': 'London', 'address-postcode': 'NW1 6XE' },
}

let people = 0
export const newPerson = ({ hub }: BuyingWorld): Promise<TestPerson> =>
  testPerson(hub, `Chen ${(people += 1)}`)

/** A person with money whose basket is at the last step of checkout. */
export async function atReview(world: BuyingWorld, goods: Goods, pence = 100_000n) {
  const person = await newPerson(world)
  if (pence > 0n) await world.give(person, pence)
  const browser = browserOf(world, person)
  await add(browser, goods)
  const review = await browser.post('/checkout/address', london)
  expect(review.path).toMatch(/^\/checkout\/review\?/)
  return { person, browser, review }
}

export const pay = ({ post }: Browser, { html }: Seen): Promise<Seen> =>
  post('/checkout', fieldsOf(html, '/checkout'))

export const ordersOf = async (db: Database, { personId }: TestPerson): Promise<string[]> => {
  const { rows } = await db.pool.query<{ order_id: string }>(
    'select order_id from orders where buyer_id = $1 order by order_id',
    [personId],
  )
  return rows.map(({ order_id }) => order_id)
}
