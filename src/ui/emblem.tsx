/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { ShareTone } from './share-bar.tsx'

interface EmblemProps {
  /** Any lasting name of the thing; the same name always gives the same emblem. */
  seed: string
  size?: 'small' | 'fill' | undefined
}

/**
 * Stands in for a picture nobody uploaded. In the manner of the flags by which ships speak: a few
 * plain fields of colour, made from the name, weighing 200 bytes and asking no one for anything.
 */
export function Emblem({ seed, size = 'fill' }: EmblemProps) {
  const number = hash(seed)
  const paths = fields[number % fields.length] ?? []
  const colours = pairs[Math.floor(number / fields.length) % pairs.length] ?? pairs[0]
  return (
    <svg
      class={size === 'small' ? 'emblem emblem-small' : 'emblem picture'}
      viewBox="0 0 60 40"
      aria-hidden="true"
      focusable="false"
    >
      <path class={`tone-${colours[0]}`} d="M0 0h60v40H0z" />
      {paths.map((path, index) => (
        <path class={index % 2 ? `tone-${colours[1]}` : 'tone-paper'} d={path} />
      ))}
    </svg>
  )
}

const fields: readonly (readonly string[])[] = [
  ['M30 0h30v40H30z'],
  ['M0 13.3h60v13.4H0z'],
  ['M0 0L60 40H0z'],
  ['M15 10h30v20H15z', 'M25 16.5h10v7H25z'],
  ['M0 0h30v20H0zM30 20h30v20H30z'],
  ['M30 4L56 20 30 36 4 20z', 'M30 13L41.5 20 30 27 18.5 20z'],
  ['M0 0h8L60 34v6h-8L0 6zM60 0v6L8 40H0v-6L52 0z'],
  ['M30 20m-13 0a13 13 0 1 0 26 0a13 13 0 1 0-26 0', 'M30 7a13 13 0 0 1 0 26z'],
  ['M0 0L36 20 0 40z', 'M0 10L18 20 0 30z'],
  ['M20 0h20v40H20z'],
  ['M0 0h60L0 40z', 'M0 0h30L0 20z'],
]

const pairs: readonly [readonly [ShareTone, ShareTone], ...(readonly [ShareTone, ShareTone])[]] = [
  [1, 3],
  [3, 1],
  [2, 4],
  [4, 2],
  [5, 3],
  [6, 3],
  [1, 2],
]

/** FNV-1a, 32 bits; then mixed (MurmurHash3), or names that differ in one letter would look alike. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) {
    value = Math.imul(value ^ byte, 0x01000193) >>> 0
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
