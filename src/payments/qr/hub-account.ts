import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { isHubHost } from './hub-host.ts'
import {
  isTemplate,
  kindNumbers,
  kindOf,
  type CodeKind,
  type SellerCode,
  type Template,
} from './seller-code.ts'
import { readShortCode } from './short-code.ts'
import { writeSellerCode } from './write-seller-code.ts'

// How a payment at a hub stands in a seller's code: an account template of our own, found by its owner under any id.

/** A payment that a hub knows: its host, its short code, and whether it is one payment or a till's standing code. */
export interface HubPayment {
  readonly hubHost: string
  readonly code: string
  readonly kind: CodeKind
}

/** The name of our template: 01 holds the hub's host, 02 the short code, 03 the kind as in the code's own 01. */
const owner = 'org.ewtp'

/** What our codes always say besides, as the standard asks; name and city are cut to what it allows. */
export type HubCodeFacts = Required<
  Pick<SellerCode, 'category' | 'currency' | 'country' | 'name' | 'city'>
> &
  Pick<SellerCode, 'amountMinor' | 'tip' | 'postalCode' | 'additional' | 'inLanguage'>

/**
 * The text of a hub's own code. `hub-host-broken`, and the refusals of `readShortCode` and `writeSellerCode`. The name
 * of a seller in another script belongs into `inLanguage`; the payer's hub asks ours for the full name anyway.
 */
export function writeHubCode(payment: HubPayment, facts: HubCodeFacts): string | Refused {
  const { hubHost, code, kind } = payment
  if (!isHubHost(hubHost)) return refused('hub-host-broken', { hubHost })
  const sound = readShortCode(code)
  if (isRefused(sound)) return sound
  const account: Template = {
    id: '26',
    owner,
    fields: [
      { id: '01', text: hubHost },
      { id: '02', text: sound },
      { id: '03', text: kindNumbers[kind] },
    ],
  }
  const name = cut(facts.name, 25)
  const city = cut(facts.city, 15)
  return writeSellerCode({
    ...facts,
    name,
    city,
    kind,
    accounts: [account],
    reserved: [],
    unreserved: [],
  })
}

/**
 * The hub's payment in a code; undefined when it names none, as most foreign codes. `hub-payment-twice`,
 * `hub-payment-broken`, `hub-kind-contradicts` (our template and the code's 01 say different kinds).
 */
export function hubPaymentIn({ accounts, kind }: SellerCode): HubPayment | Refused | undefined {
  const ours = accounts.filter(isTemplate).filter((each) => each.owner.toLowerCase() === owner)
  const [template, second] = ours
  if (!template) return undefined
  if (second) return refused('hub-payment-twice', { ids: ours.map(({ id }) => id) })
  const [hubHost = '', code = '', number] = ['01', '02', '03'].map(
    (id) => template.fields.find((field) => field.id === id)?.text,
  )
  const said = kindOf(number)
  if (!isHubHost(hubHost) || readShortCode(code) !== code || !said)
    return refused('hub-payment-broken', { id: template.id })
  return said === kind ? { hubHost, code, kind: said } : refused('hub-kind-contradicts', { said })
}

/** The first characters of a text, without breaking a sign that is made of several. */
function cut(text: string, most: number): string {
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if ([...kept, ...segment].length > most) break
    kept += segment
  }
  return kept.trim()
}
