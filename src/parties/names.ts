// Names as pages and mails show them, on one line. Mails of the hub begin with them, so that nothing in a name may lead
// elsewhere: who gets such a mail trusts it.
import { cleanLine, isReadable } from '../basis/clean-text.ts'
import { refused, type Refused } from '../basis/refusal.ts'

/** `https://…`, `www.…`, `pay.example/prize`: what mail programs make a link of. */
const link = /:\/\/|(?<![\p{L}\p{N}])www\.|\.\p{L}{2,}[/?#:]|[^\s@]@[^\s@]+\.\p{L}/iu

/** `win.example`; `St.John` is a name. */
const host = /[\p{L}\p{N}]\.(?:\p{Ll}{2,}|\p{Lu}{2,})(?!\p{L})/u

/** At most 120 letters. Refused: `name-missing`, `name-has-link`. */
export function personNameFrom(typed: string): string | Refused {
  const name = cleanLine(typed)
  if (!isReadable(name) || name.length > 120) return refused('name-missing')
  return link.test(name) || host.test(name) ? refused('name-has-link') : name
}

/** At most 160 letters; some businesses are called like their site. Refused: `business-name-missing`, `name-has-link`. */
export function businessNameFrom(typed: string): string | Refused {
  const name = cleanLine(typed)
  if (!isReadable(name) || name.length > 160) return refused('business-name-missing')
  return link.test(name) ? refused('name-has-link') : name
}
