// The map of an answer, as a picture of its own. Its address holds what it shows and nothing of the goods, so that
// one picture serves everybody whose answers look alike, for as long as they like.
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { countries, isCountry } from '../../basis/country.ts'
import { isOnMap, languageFor, locales, worldMap, type WorldFill } from '../../ui/index.ts'
import { levelOf, type Row } from './compare.ts'
import type { TariffEnv } from './problem.ts'

/** `?from=MY&l=CN3.GB2&lang=en`: level 2 to 5 by the share of charges, 0 without a price. */
export function mapUrl(from: string, rows: readonly Row[], locale: string): string {
  const levels = rows
    .filter(({ to }) => to !== from)
    .map(({ to, share }) => `${to}${share === undefined ? 0 : levelOf(share)}`)
    .sort()
  return `/cost/map.svg?${new URLSearchParams({ from, l: levels.join('.'), lang: locale })}`
}

/** Destinations that rules are held for, on the page of somebody who has not asked yet. */
export function coverageMapUrl(from: string, destinations: readonly string[], locale: string) {
  return mapUrl(
    from,
    destinations.map((to) => ({ to, share: 20 })),
    locale,
  )
}

/** So many arcs can still be told apart. */
const mostRoutes = 12

export function serveMap(c: Context<TariffEnv>): Response {
  const query = new URL(c.req.url).searchParams
  const from = query.get('from') ?? ''
  const wanted = (query.get('l') ?? '').split('.').slice(0, countries.length)
  const fills = new Map<string, WorldFill>()
  for (const each of wanted) {
    const match = /^([A-Z]{2})([0-5])$/.exec(each)
    if (match && isCountry(match[1] as string))
      fills.set(match[1] as string, Number(match[2]) as WorldFill)
  }
  const reached = [...fills.keys()].filter((code) => fills.get(code) !== 0 && isOnMap(code))
  if (isCountry(from)) fills.set(from, 'here')
  const routes =
    isCountry(from) && isOnMap(from) && reached.length <= mostRoutes
      ? reached.map((to) => ({ from, to }))
      : []
  const locale = query.get('lang') ?? ''
  const language = languageFor(locales.includes(locale) ? locale : 'en')
  const svg = standingAlone(worldMap({ fills, routes, ariaLabel: language.t('tariff.map.label') }))
  return cached(c, svg)
}

function cached(c: Context<TariffEnv>, svg: string): Response {
  const etag = `"${createHash('sha256').update(svg).digest('base64url').slice(0, 22)}"`
  const headers = {
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=31536000, immutable',
    etag,
  }
  const seen = c.req.header('if-none-match')?.split(/,\s*/) ?? []
  if (seen.some((tag) => tag.replace(/^W\//, '') === etag))
    return new Response(null, { status: 304, headers })
  return new Response(svg, { headers })
}

/** Opened alone, the hub's policy keeps the picture's own style out: these colours then stand in for it. */
function standingAlone(svg: string): string {
  return svg
    .replace('<svg ', '<svg fill="#d5dfdc" stroke="#fff" ')
    .replaceAll(/class="(?:l(\d)|([hre]))"/g, (whole, level: string | undefined, mark?: string) =>
      level ? `${whole} fill="${scale[Number(level)]}"` : `${whole} ${marks[mark ?? 'h']}`,
    )
}

const scale = ['#d5dfdc', '#bfe0dc', '#8ec9c7', '#4fa6aa', '#187e88', '#00525c']
const marks: Readonly<Record<string, string>> = {
  h: 'fill="#e5502a"',
  r: 'fill="none" stroke="#e5502a" stroke-width="2.5" stroke-dasharray="1 6"',
  e: 'fill="#e5502a"',
}
