import { cleanLine, isReadable } from '../basis/clean-text.ts'

/** A name as pages show it, on one line; undefined where nothing of it can be read, or it is too long. */
export function nameFrom(typed: string, most: number): string | undefined {
  const name = cleanLine(typed)
  return isReadable(name) && name.length <= most ? name : undefined
}
