import { Refusal } from '../../basis/refusal.ts'

/**
 * Where in a file something is wrong: lines and columns count from 1, `item` names a json element.
 */
export type Place = {
  readonly file: string
  readonly line?: number
  readonly column?: string
  readonly item?: string
}

/**
 * A file that is not what it claims to be is refused as a whole, with the place and the reason:
 * half a tariff would answer wrongly for the other half.
 */
export const badFile = (place: Place, reason: string): Refusal =>
  new Refusal('tariff-file-broken', { ...place, reason })
