import { readFileSync } from 'node:fs'

export interface WorldMapOptions {
  /** How strongly each country is filled, 0 to 5, or `here` for the hub's own; keys are ISO 3166 alpha-2. */
  fills: ReadonlyMap<string, WorldFill>
  /** What is said about a country, shown by browsers as a tooltip. */
  titles?: ReadonlyMap<string, string> | undefined
  ariaLabel: string
  /** Trade lanes drawn as arcs. */
  routes?: readonly { from: string; to: string }[] | undefined
  /** Territories without a fill that are too small for a shape are left out, unless this is set. */
  everyDot?: boolean | undefined
}

export type WorldFill = 0 | 1 | 2 | 3 | 4 | 5 | 'here'

type Place = readonly [number, number]

interface World {
  left: number
  top: number
  width: number
  height: number
  shapes: Record<string, string>
  /** Places too small for a shape. */
  dots: Record<string, Place>
  /** The middle of each shape. */
  at: Record<string, Place>
}

const world = JSON.parse(readFileSync(new URL('./world.json', import.meta.url), 'utf8')) as World

/**
 * The world as an SVG document of its own, to be served as a picture. Where the borders run is
 * schematic and says nothing about anybody's claims; see design-system.md. The style stands inside,
 * so the server must allow it for this document (`style-src 'unsafe-inline'`) when it is opened alone.
 */
export function worldMap(options: WorldMapOptions): string {
  const { left, top, width, height, shapes, dots } = world
  const drawn = Object.entries(shapes).map(
    ([code, path]) => `<path${attributes(code, options, `d="${path}"`)}`,
  )
  const small = Object.entries(dots)
    .filter(([code]) => options.everyDot || options.fills.has(code))
    .map(([code, [x, y]]) => `<circle${attributes(code, options, `cx="${x}" cy="${y}" r="5"`)}`)
  const label = escape(options.ariaLabel)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}"`,
    ` width="${width}" height="${height}" role="img" aria-label="${label}">`,
    `<title>${label}</title><style>${style}</style>`,
    ...drawn,
    ...small,
    ...(options.routes ?? []).map(({ from, to }) => route(from, to)),
    '</svg>',
  ].join('')
}

/** Whether the map can show a country at all. */
export function isOnMap(iso2: string): boolean {
  return iso2 in world.at || iso2 in world.dots
}

const scale = ['#d5dfdc', '#bfe0dc', '#8ec9c7', '#4fa6aa', '#187e88', '#00525c']
const darkScale = ['#22333c', '#1d4449', '#226469', '#2f8a90', '#4bb3b8', '#8fe3e4']
const style = [
  'path,circle{fill:#d5dfdc;stroke:#fff;stroke-width:1}',
  rules(scale),
  '.h{fill:#e5502a}.r{fill:none;stroke:#e5502a;stroke-width:2.5;stroke-linecap:round;stroke-dasharray:1 6}',
  '.e{fill:#e5502a;stroke:#fff;stroke-width:2}',
  '@media(prefers-color-scheme:dark){path,circle{fill:#22333c;stroke:#0c161b}',
  rules(darkScale),
  '.h,.e{fill:#ff7d57}.r{fill:none;stroke:#ff7d57}.e{stroke:#0c161b}}',
].join('')

function rules(colours: readonly string[]): string {
  return colours.map((colour, level) => `.l${level}{fill:${colour}}`).join('')
}

function attributes(code: string, { fills, titles }: WorldMapOptions, geometry: string): string {
  const fill = fills.get(code)
  const title = titles?.get(code)
  const classes = fill === undefined ? '' : ` class="${fill === 'here' ? 'h' : `l${fill}`}"`
  const element = geometry.startsWith('d') ? 'path' : 'circle'
  return title
    ? `${classes} ${geometry}><title>${escape(title)}</title></${element}>`
    : `${classes} ${geometry}/>`
}

/** An arc that bends north, higher the longer it is; over the Pacific it leaves by one edge and comes in by the other. */
function route(from: string, to: string): string {
  const [start, end] = [placeOf(from), placeOf(to)]
  const across = world.width * Math.sign(start[0] - end[0])
  const isShorter = Math.abs(end[0] + across - start[0]) < Math.abs(end[0] - start[0])
  const arcs = isShorter
    ? [arc(start, [end[0] + across, end[1]]), arc([start[0] - across, start[1]], end)]
    : [arc(start, end)]
  const ends = [start, end].map(([x, y]) => `<circle class="e" cx="${x}" cy="${y}" r="7"/>`)
  return [...arcs, ...ends].join('')
}

function arc([x0, y0]: Place, [x1, y1]: Place): string {
  const bend = Math.hypot(x1 - x0, y1 - y0) * 0.22
  const middle = [(x0 + x1) / 2, (y0 + y1) / 2 - bend].map(Math.round)
  return `<path class="r" d="M${x0} ${y0}Q${middle.join(' ')} ${x1} ${y1}"/>`
}

function placeOf(code: string): Place {
  const place = world.dots[code] ?? world.at[code]
  if (!place) throw new Error(`Not on the map: ${code}`)
  return place
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
