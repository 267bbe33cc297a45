import { cleanLine } from '../../basis/clean-text.ts'
import type { Receipt } from './receipt.ts'

/**
 * The receipt with every text as it may be seen: on one line, without signs that XML forbids, that cannot be seen, or
 * that turn the direction of what stands around them.
 */
export const cleanReceipt = (receipt: Receipt): Receipt => cleaned(receipt) as Receipt

function cleaned(value: unknown): unknown {
  if (typeof value === 'string')
    return cleanLine(value.replaceAll(/\p{Noncharacter_Code_Point}/gu, ''))
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each)]))
}
