// Pictures of the demo world's goods, drawn from simple shapes: nothing is downloaded, and the same goods always look
// the same. In the manner of the hub's own signal flags (src/ui/emblem.tsx): flat fields of colour on quiet paper.
import { shapes } from './shapes.ts'

export type Drawing = {
  /** A name in `shapes`. */
  readonly shape: string
  /** Three colours of the goods, `#rrggbb`. */
  readonly colours: readonly string[]
  readonly pattern: string
  /** Any lasting name: where the light falls and how the ground curves. */
  readonly seed: number
}

/** Width and height in pixels of every picture; cards show them 3 to 2. */
export const drawingSize = { width: 960, height: 640 } as const

/** The picture as SVG. Throws on a shape or pattern that there is none of: the data is ours. */
export function drawGoods({ shape, colours, pattern, seed }: Drawing): string {
  const drawn = shapes[shape]
  const motif = motifs[pattern]
  if (!drawn) throw new Error(`No shape ${shape}`)
  if (motif === undefined) throw new Error(`No pattern ${pattern}`)
  const [main = '#00727f', second = '#f2f5f4', third = '#d9482b'] = colours
  const paint = (svg: string): string =>
    svg
      .replaceAll('$a', main)
      .replaceAll('$b', second)
      .replaceAll('$c', third)
      .replaceAll('$d', shade(main, -28))
      .replaceAll('$l', shade(main, 42))
      .replaceAll('$m', 'url(#m)')
  const { width, height } = drawingSize
  // Pale goods would vanish on a paler field of their own colour.
  const field = lightness(main) > 190 ? third : main
  const paper = shade(field, 78)
  const ground = shade(field, 64)
  const horizon = 268 + (seed % 5) * 8
  const sun = 90 + (seed % 7) * 70
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400" width="${width}" height="${height}">
<defs><pattern id="m" width="48" height="48" patternUnits="userSpaceOnUse" patternTransform="rotate(${(seed % 3) * 15 - 15})">
<path fill="${main}" d="M0 0h48v48H0z"/>${paint(motif)}</pattern></defs>
<path fill="${paper}" d="M0 0h600v400H0z"/><circle cx="${sun}" cy="96" r="150" fill="#fff" opacity=".35"/>
<path fill="${ground}" d="M0 ${horizon}Q${150 + (seed % 4) * 90} ${horizon - 26} 600 ${horizon + 6}V400H0z"/>
<ellipse cx="300" cy="342" rx="170" ry="17" fill="${shade(field, -40)}" opacity=".22"/>
<g stroke-linejoin="round" stroke-linecap="round">${paint(drawn)}</g></svg>`
}

/** Repeated over the goods on a field of 48 by 48. */
const motifs: Readonly<Record<string, string>> = {
  plain: '',
  dots: '<g fill="$b"><circle cx="12" cy="12" r="5"/><circle cx="36" cy="36" r="5"/></g>',
  stripes: '<path fill="$b" d="M0 8h48v9H0z"/><path fill="$c" d="M0 30h48v5H0z"/>',
  flower:
    '<g fill="$b"><circle cx="24" cy="14" r="7"/><circle cx="34" cy="22" r="7"/><circle cx="30" cy="33" r="7"/><circle cx="18" cy="33" r="7"/><circle cx="14" cy="22" r="7"/></g><circle cx="24" cy="25" r="5" fill="$c"/><path d="M0 4q6 4 8 10M48 44q-6-3-9-8" stroke="$c" stroke-width="2.5" fill="none"/>',
  waves:
    '<g fill="none" stroke="$b" stroke-width="4"><path d="M0 12q12-12 24 0t24 0M0 36q12-12 24 0t24 0"/></g><path d="M0 24q12-12 24 0t24 0" fill="none" stroke="$c" stroke-width="2.5"/>',
  check:
    '<path fill="$b" opacity=".75" d="M0 0h16v48H0z"/><path fill="$c" opacity=".6" d="M0 0h48v16H0z"/>',
  leaf: '<path fill="$b" d="M8 40Q8 12 34 6q4 26-26 34z"/><path d="M8 42Q20 22 32 9" stroke="$c" stroke-width="2" fill="none"/>',
  diamond: '<path fill="$b" d="M24 4L42 24 24 44 6 24z"/><path fill="$c" d="M24 15l8 9-8 9-8-9z"/>',
  zigzag:
    '<path fill="none" stroke="$b" stroke-width="6" d="M-4 20L12 6l12 14L36 6l16 14"/><path fill="none" stroke="$c" stroke-width="4" d="M-4 42l16-14 12 14 12-14 16 14"/>',
  cable:
    '<g fill="none" stroke="$l" stroke-width="4"><path d="M12 0q12 12 0 24t0 24M24 0q-12 12 0 24t0 24"/><path d="M40 0v48" stroke="$d" stroke-width="2"/></g>',
  weave:
    '<g fill="$b" opacity=".55"><path d="M0 0h22v10H0zM26 12h22v10H26zM0 24h22v10H0zM26 36h22v10H26z"/></g><g fill="$d" opacity=".5"><path d="M26 0h22v10H26zM0 12h22v10H0zM26 24h22v10H26zM0 36h22v10H0z"/></g>',
  fans: '<g fill="none" stroke="$b" stroke-width="3"><path d="M0 24a24 24 0 0 1 48 0M8 24a16 16 0 0 1 32 0M-24 48a24 24 0 0 1 48 0M24 48a24 24 0 0 1 48 0M-16 48a16 16 0 0 1 32 0M32 48a16 16 0 0 1 32 0"/></g>',
}

/** A colour mixed with white (above 0) or black (below), in percent. */
function shade(colour: string, percent: number): string {
  const target = percent > 0 ? 255 : 0
  const share = Math.abs(percent)
  const mixed = partsOf(colour).map((part) =>
    Math.round((part * (100 - share) + target * share) / 100),
  )
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** From 0, black, to 255. */
function lightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(colour)
  return (red * 2 + green * 5 + blue) / 8
}

const partsOf = (colour: string): number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
