import { refused, type Refused } from '../basis/refusal.ts'
import { sidesOf, type Parcel, type ParcelLimits } from './lane.ts'

/** One kind of pieces: mass and size of one, packed for sale, and how many. */
export type PackItem = {
  readonly massG: number
  readonly lengthMm?: number | undefined
  readonly widthMm?: number | undefined
  readonly heightMm?: number | undefined
  readonly quantity: number
}

export type Packing = {
  readonly parcels: readonly Pick<Parcel, 'massG' | 'lengthMm' | 'widthMm' | 'heightMm'>[]
  /** Sizes of some pieces are unknown: parcels are made by mass alone and have no size. */
  readonly byMassOnly: boolean
}

/** Space between pieces and around them: a parcel is a quarter larger than what is in it. */
const roomN = 5n
const roomD = 4n
const mostParcels = 1_000
const mostPieces = 1_000_000

/**
 * Puts pieces into as few parcels as a simple rule finds: heaviest kind first, each into the first parcel that still
 * takes it. A parcel is as long and as wide as its longest and widest piece and high enough for the volume of all pieces
 * and the room between them; a single piece keeps its own size. It is an estimate of what a packer does, not a drawing:
 * pieces are never nested or turned to save space. Without limits everything goes into one parcel.
 */
export function packLine(items: readonly PackItem[], limits?: ParcelLimits): Packing | Refused {
  const wrong = items.find(
    ({ massG, quantity }) =>
      !Number.isSafeInteger(massG) || massG <= 0 || !Number.isSafeInteger(quantity) || quantity < 1,
  )
  if (wrong) return refused('mass-unknown', { massG: String(wrong.massG) })
  const pieces = items.reduce((count, { quantity }) => count + quantity, 0)
  if (pieces === 0) return refused('no-parcel')
  if (pieces > mostPieces) return refused('too-many-pieces', { pieces, most: mostPieces })
  const byMassOnly = items.some((item) => !sidesOf({ ...item }))
  const kinds = items.map((item) => kindOf(item, byMassOnly)).sort((a, b) => b.massG - a.massG)
  const boxes: Box[] = []
  for (const kind of kinds) {
    const no = place(boxes, kind, limits)
    if (no) return no
  }
  return { parcels: boxes.map((box) => parcelOf(box, byMassOnly)), byMassOnly }
}

type Sides = readonly [number, number, number]
type Kind = { massG: number; sides: Sides; quantity: number }
/** `sides` are the largest first, second and third side of the pieces in it. */
type Box = { massG: number; pieces: number; sides: Sides; volume: bigint }

const nothing: Box = { massG: 0, pieces: 0, sides: [0, 0, 0], volume: 0n }

function kindOf(item: PackItem, byMassOnly: boolean): Kind {
  const sides = byMassOnly ? undefined : sidesOf(item)
  return { massG: item.massG, sides: sides ?? [0, 0, 0], quantity: item.quantity }
}

function place(boxes: Box[], kind: Kind, limits: ParcelLimits | undefined): Refused | undefined {
  let left = kind.quantity
  for (let at = 0; left > 0; at += 1) {
    const before = boxes[at] ?? nothing
    const count = mostThatFit(before, kind, left, limits)
    if (count === 0 && at >= boxes.length) return tooLarge(kind, limits)
    if (at >= mostParcels) return refused('too-many-parcels', { most: mostParcels })
    if (count > 0) boxes[at] = withPieces(before, kind, count)
    left -= count
  }
  return undefined
}

function tooLarge(kind: Kind, limits: ParcelLimits | undefined): Refused {
  if (limits && kind.massG > limits.massG)
    return refused('too-heavy', { massG: kind.massG, mostG: limits.massG })
  const [length, width, height] = kind.sides
  if (limits?.lengthMm !== undefined && length > limits.lengthMm)
    return refused('too-long', { lengthMm: length, mostMm: limits.lengthMm })
  const girthMm = length + 2 * (width + height)
  return refused('too-large', { girthMm, mostMm: limits?.girthMm ?? 0 })
}

/** By halving: if some number of pieces fits, so does every smaller one. */
function mostThatFit(box: Box, kind: Kind, most: number, limits: ParcelLimits | undefined): number {
  if (!limits || fits(withPieces(box, kind, most), limits)) return most
  let [fit, not] = [0, most]
  while (not - fit > 1) {
    const middle = Math.floor((fit + not) / 2)
    if (fits(withPieces(box, kind, middle), limits)) fit = middle
    else not = middle
  }
  return fit
}

function withPieces(box: Box, { massG, sides }: Kind, count: number): Box {
  return {
    massG: box.massG + massG * count,
    pieces: box.pieces + count,
    sides: [0, 1, 2].map((at) => Math.max(box.sides[at] ?? 0, sides[at] ?? 0)) as never as Sides,
    volume: box.volume + BigInt(sides[0]) * BigInt(sides[1]) * BigInt(sides[2]) * BigInt(count),
  }
}

function fits(box: Box, { massG, lengthMm, girthMm }: ParcelLimits): boolean {
  if (box.massG > massG) return false
  const [length, width, height] = outside(box)
  if (lengthMm !== undefined && length > lengthMm) return false
  return girthMm === undefined || length + 2 * (width + height) <= girthMm
}

/** The outer sides, longest first; where pieces pile up higher than they are long, the pile is the length. */
function outside({ sides, pieces, volume }: Box): Sides {
  const [length, width, height] = sides
  if (pieces <= 1 || length * width === 0) return sides
  const ground = BigInt(length) * BigInt(width) * roomD
  const pile = Number((volume * roomN + ground - 1n) / ground)
  return [length, width, Math.max(height, pile)].sort((a, b) => b - a) as never as Sides
}

function parcelOf(box: Box, byMassOnly: boolean): Packing['parcels'][number] {
  if (byMassOnly) return { massG: box.massG }
  const [lengthMm, widthMm, heightMm] = outside(box)
  return { massG: box.massG, lengthMm, widthMm, heightMm }
}
