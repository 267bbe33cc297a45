// Where a page ended, as the address of the next one says it: the place of its last goods in the order, and their id.
export interface Position {
  /** Decimal text: a score, microseconds before now, minor units of money. */
  place: string
  offer: string
}

/** `from` is where going through the goods begins, `within` what was shown of those that were ranked there. */
export interface After {
  from?: Position | undefined
  within?: Position | undefined
}

/** What `addressOf` wrote; anything else begins at the first page. */
export function readAfter(text: string | undefined): After {
  const [first = '', second] = (text ?? '').split('~')
  return second === undefined
    ? { within: positionOf(first) }
    : { from: positionOf(first), within: positionOf(second) }
}

export const addressOf = ({ place, offer }: Position): string => `${place}_${offer}`

/** Of goods that are ranked a part at a time. */
export const addressWithin = ({ from, within }: After): string =>
  `${from ? addressOf(from) : ''}~${within ? addressOf(within) : ''}`

function positionOf(text: string): Position | undefined {
  const [, place, offer] = /^(-?\d{1,17}(?:\.\d{1,6})?)_([0-9a-f-]{36})$/.exec(text) ?? []
  return place !== undefined && offer !== undefined && isUuid.test(offer)
    ? { place, offer }
    : undefined
}

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
