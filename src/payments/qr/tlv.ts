import { isRefused, refused, type Refused } from '../../basis/refusal.ts'

// Data objects of EMV QRCPS: two digits say which one, two how long its value is, then the value.

export type DataObject = { readonly id: string; readonly text: string }

/** A data object that was read: `at` is how many signs of the whole code stand before its value. */
export type PlacedObject = DataObject & { readonly at: number }

/**
 * What a length counts. The standard's own example counts characters (Unicode code points: four for 最佳运输); some
 * programs count the bytes of UTF-8 (twelve). For ASCII it is the same. We write characters, as the standard does.
 */
export type Counting = 'characters' | 'bytes'

/**
 * Takes a text apart into its data objects, in their order. Refusals, each with the place (`at`, in characters of the
 * whole code): `qr-object-broken`, `qr-object-empty`, `qr-object-twice`, `qr-length-wrong`.
 */
export function readObjects(
  text: string,
  counting: Counting,
  begin = 0,
): readonly PlacedObject[] | Refused {
  const signs = [...text]
  const objects: PlacedObject[] = []
  let start = 0
  while (start < signs.length) {
    const at = begin + start
    const [, id, length] = /^(\d\d)(\d\d)$/.exec(signs.slice(start, start + 4).join('')) ?? []
    if (!id || !length) return refused('qr-object-broken', { at })
    if (objects.some((object) => object.id === id)) return refused('qr-object-twice', { at, id })
    if (length === '00') return refused('qr-object-empty', { at, id })
    const end = endOf(signs, start + 4, Number(length), counting)
    if (end === undefined) return refused('qr-length-wrong', { at: at + 2, id, length })
    objects.push({ id, text: signs.slice(start + 4, end).join(''), at: at + 4 })
    start = end
  }
  return objects
}

/** Where a value ends; undefined when the text is shorter, or a count of bytes ends inside a character. */
function endOf(
  signs: readonly string[],
  start: number,
  length: number,
  counting: Counting,
): number | undefined {
  let end = start
  for (let left = length; left > 0; end += 1) {
    const sign = signs[end]
    if (sign === undefined) return undefined
    left -= counting === 'bytes' ? new TextEncoder().encode(sign).length : 1
    if (left < 0) return undefined
  }
  return end
}

/** Data objects as text, in the order given. `qr-value-length` when a value is empty or over 99 characters. */
export function writeObjects(objects: readonly DataObject[]): string | Refused {
  const parts: string[] = []
  for (const { id, text } of objects) {
    const { length } = [...text]
    if (length < 1 || length > 99) return refused('qr-value-length', { id, length, most: 99 })
    parts.push(id, String(length).padStart(2, '0'), text)
  }
  return parts.join('')
}

/** A data object that holds others. */
export function wrapObjects(id: string, objects: readonly DataObject[]): DataObject | Refused {
  const text = writeObjects(objects)
  return isRefused(text) ? text : { id, text }
}
