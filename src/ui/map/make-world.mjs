/**
 * Draws world.json, the country shapes behind the world map. Run it only to redraw the map:
 *
 *   mkdir /tmp/world && cd /tmp/world
 *   npm install world-atlas@2 topojson-client@3 i18n-iso-countries@7
 *   node <checkout>/src/ui/map/make-world.mjs /tmp/world > <checkout>/src/ui/map/world.json
 *
 * The shapes are Natural Earth, 1:110 million, which is in the public domain; places too small to
 * be drawn there (Singapore, Malta, ...) come from the 1:50 million set as dots. The projection is
 * Equal Earth (Savric, Patterson, Jenny 2018), turned 11 degrees so that the edge of the map runs
 * through the Bering Strait and cuts no country.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'

const width = 1600
const turn = 11
const south = -56.5 // Antarctica is not drawn; nobody trades there.

const require = createRequire(join(process.argv[2] ?? '.', 'package.json'))
const { feature, merge } = require('topojson-client')
const iso = require('i18n-iso-countries')

const coarse = require('world-atlas/countries-110m.json')
const detailed = require('world-atlas/countries-50m.json')

/** Natural Earth gives no ISO number where recognition is disputed; the shape joins its ISO country. */
const unnumbered = { 'N. Cyprus': 'CY', Somaliland: 'SO', Kosovo: 'XK' }

/** Territories with their own ISO code that Natural Earth draws as part of another, or not at all. */
const byHand = {
  GI: [-5.35, 36.14],
  TV: [179.2, -8.52],
  GP: [-61.58, 16.25],
  MQ: [-61.02, 14.65],
  RE: [55.53, -21.13],
  YT: [45.16, -12.83],
  BQ: [-68.27, 12.18],
}

/** Where a country's trade is, when the middle of its largest shape is far from it. */
const middles = { CA: [-98, 53], ID: [107, -6.3], MY: [101.7, 3.1] }

/** Nobody lives and trades here, or the place has no customs of its own worth a dot. */
const leftOut = new Set(['AQ', 'TF', 'HM', 'GS', 'IO', 'VA'])

const shapes = {}
const at = {}
for (const [code, geometries] of groupByCountry(coarse)) {
  const polygons = merge(coarse, geometries).coordinates
  const path = polygons
    .map(([outline, ...holes]) => [outline, ...holes].map(ring).join(''))
    .join('')
  if (path) shapes[code] = path
  at[code] = middles[code] ? project(middles[code]) : centre(polygons)
}
const dots = {}
for (const { id, geometry } of feature(detailed, detailed.objects.countries).features) {
  const code = id && iso.numericToAlpha2(id)
  if (!code || shapes[code] || leftOut.has(code)) continue
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  dots[code] = centre(polygons)
}
for (const [code, place] of Object.entries(byHand)) {
  dots[code] = project(unwrap([place])[0])
}

const top = project([turn, 84])[1]
const bottom = project([turn, south])[1]
const sorted = (record) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
// Beyond these edges there is only sea.
const [left, right] = [56, 1590]
const frame = { left, top, width: right - left, height: bottom - top }
const world = { ...frame, shapes: sorted(shapes), dots: sorted(dots), at: sorted(at) }
process.stdout.write(`${JSON.stringify(world).replaceAll(/"(?=[A-Z]{2}":)/g, '\n"')}\n`)

function groupByCountry(topology) {
  const groups = new Map()
  for (const geometry of topology.objects.countries.geometries) {
    const code = geometry.id
      ? iso.numericToAlpha2(geometry.id)
      : unnumbered[geometry.properties.name]
    if (!code) throw new Error(`No ISO code for ${geometry.properties.name}`)
    if (leftOut.has(code)) continue
    groups.set(code, [...(groups.get(code) ?? []), geometry])
  }
  moveCrimea(topology, groups)
  return groups
}

/** Natural Earth draws de facto borders; customs follow UN General Assembly resolution 68/262. */
function moveCrimea(topology, groups) {
  const [russia] = groups.get('RU')
  const isCrimea = (arcs) => {
    const [outline] = merge(topology, [{ type: 'Polygon', arcs }]).coordinates[0]
    return outline.every(([lon, lat]) => lon > 32 && lon < 37 && lat > 44 && lat < 46.5)
  }
  const crimea = russia.arcs.find(isCrimea)
  if (!crimea) throw new Error('Crimea not found: has the source changed?')
  groups.set('RU', [{ ...russia, arcs: russia.arcs.filter((arcs) => arcs !== crimea) }])
  groups.get('UA').push({ type: 'Polygon', arcs: crimea })
}

/** Equal Earth, scaled to `width` units and rounded: one unit is under a pixel on most screens. */
function project([lon, lat]) {
  const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796]
  const lambda = ((lon - turn) * Math.PI) / 180
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin((lat * Math.PI) / 180))
  const t2 = theta * theta
  const t6 = t2 * t2 * t2
  const slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
  const x = (2 * Math.sqrt(3) * lambda * Math.cos(theta)) / (3 * slope)
  const y = theta * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)
  const scale = width / (2 * 2.7066)
  return [Math.round(width / 2 + x * scale), Math.round(-y * scale)]
}

/** Keeps a ring in one piece where the source jumps over the date line, on the side it mostly is. */
function unwrap(ring) {
  let before = ring[0][0]
  const joined = ring.map(([lon, lat]) => {
    before = lon + 360 * Math.round((before - lon) / 360)
    return [before, lat]
  })
  const middle = joined.reduce((sum, [lon]) => sum + lon, 0) / joined.length
  const shift = 360 * Math.round((turn - middle) / 360)
  return joined.map(([lon, lat]) => [lon + shift, lat])
}

/** One ring as a path of relative steps, which is what makes the file small. */
function ring(coordinates) {
  const points = unwrap(coordinates).slice(0, -1).map(project)
  const kept = points.filter(
    (p, i) => i === 0 || p[0] !== points[i - 1][0] || p[1] !== points[i - 1][1],
  )
  if (kept.length < 3) return ''
  const steps = kept.slice(1).map(([x, y], i) => [x - kept[i][0], y - kept[i][1]])
  return `M${pair(kept[0])}l${steps.map(pair).join(' ')}z`.replaceAll(' -', '-')
}

function pair([x, y]) {
  return `${x} ${y}`
}

/** The centre of gravity of the largest ring: where a dot or the end of a route is drawn. */
function centre(polygons) {
  let best = { area: -1, at: [0, 0] }
  for (const [outline] of polygons) {
    const points = unwrap(outline).map(project)
    let [twice, cx, cy] = [0, 0, 0]
    for (let i = 1; i < points.length; i++) {
      const [[x0, y0], [x1, y1]] = [points[i - 1], points[i]]
      const cross = x0 * y1 - x1 * y0
      twice += cross
      cx += (x0 + x1) * cross
      cy += (y0 + y1) * cross
    }
    if (Math.abs(twice) <= best.area) continue
    const at =
      twice === 0 ? points[0] : [Math.round(cx / (3 * twice)), Math.round(cy / (3 * twice))]
    best = { area: Math.abs(twice), at }
  }
  return best.at
}
