import { isRefused, refused, type Refused } from '../../basis/refusal.ts'
import { additionalNames, type Additional, type InLanguage, type Template } from './seller-code.ts'
import { readObjects, type Counting, type DataObject, type PlacedObject } from './tlv.ts'
import { given, whole } from './whole.ts'

/** The objects from one id to another, both included, in their order. */
export const within = <T extends DataObject>(
  objects: readonly T[],
  from: string,
  to: string,
): T[] =>
  objects.filter(({ id }) => from <= id && id <= to).toSorted((a, b) => Number(a.id) - Number(b.id))

/** Without their places. */
export const bare = (objects: readonly DataObject[]): DataObject[] =>
  objects.map(({ id, text }) => ({ id, text }))

/** 26-51, 80-99, and 62's own 50-99. Without the name of whose it is, nobody can know what it means. */
export function readTemplate(object: PlacedObject, counting: Counting): Template | Refused {
  const objects = readObjects(object.text, counting, object.at)
  if (isRefused(objects)) return objects
  const owner = objects.find(({ id }) => id === '00')
  if (!owner) return refused('qr-owner-missing', { at: object.at, id: object.id })
  return { id: object.id, owner: owner.text, fields: bare(within(objects, '01', '99')) }
}

/** 62. */
export function readAdditional(
  object: PlacedObject | undefined,
  counting: Counting,
): Additional | undefined | Refused {
  if (!object) return undefined
  const objects = readObjects(object.text, counting, object.at)
  if (isRefused(objects)) return objects
  const named = Object.fromEntries(
    additionalNames.map(([number, name]) => [name, objects.find(({ id }) => id === number)?.text]),
  )
  const templates = whole(within(objects, '50', '99').map((each) => readTemplate(each, counting)))
  if (isRefused(templates)) return templates
  return { ...given(named), others: bare(within(objects, '10', '49')), templates }
}

/** 64. */
export function readInLanguage(
  object: PlacedObject | undefined,
  counting: Counting,
): InLanguage | undefined | Refused {
  if (!object) return undefined
  const objects = readObjects(object.text, counting, object.at)
  if (isRefused(objects)) return objects
  const [language, name, city] = ['00', '01', '02'].map(
    (number) => objects.find(({ id }) => id === number)?.text,
  )
  if (!language || !name)
    return refused('qr-object-missing', { at: object.at, id: language ? '01' : '00' })
  return { language, name, ...given({ city }), others: bare(within(objects, '03', '99')) }
}
