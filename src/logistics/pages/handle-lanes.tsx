/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { readerOf } from '../../ui/index.ts'
import type { Context } from 'hono'
import { isCountry } from '../../basis/country.ts'
import { isRefused } from '../../basis/refusal.ts'
import { findLanes, laneCountries, listLanes, type LaneKey } from '../find-lanes.ts'
import { priceLoad } from '../freight.ts'
import type { Lane } from '../lane.ts'
import { gramsOf, sizeOf } from '../read-parcel.ts'
import { tellQuote } from '../tell-quote.ts'
import { LanesPage } from './lanes-page.tsx'
import type { LogisticsEnv, LogisticsParts } from './parts.ts'
import { problem } from './problem.ts'

const onePage = 50

/** The public list: who carries from where to where, what it costs, how long it takes, and who says so. */
export async function showLanes(
  c: Context<LogisticsEnv>,
  parts: LogisticsParts,
): Promise<Response> {
  const reader = readerOf(c)
  const day = parts.today()
  const db = parts.db.kysely
  const [from, to] = [c.req.query('from') ?? '', c.req.query('to') ?? '']
  const wrong = [
    ...(from === '' || isCountry(from) ? [] : ['from']),
    ...(to === '' || isCountry(to) ? [] : ['to']),
  ]
  const asked = {
    from: from || undefined,
    to: to || undefined,
    day,
    after: keyOf(c.req.query('after')),
  }
  const [countries, found] = await Promise.all([
    laneCountries(db, day),
    wrong.length > 0 ? [] : listLanes(db, { ...asked, most: onePage + 1 }),
  ])
  const lanes = found.slice(0, onePage)
  const last = found.length > onePage ? lanes.at(-1) : undefined
  return c.html(
    <LanesPage
      reader={reader}
      day={day}
      asked={{ from, to }}
      wrong={wrong}
      countries={countries}
      lanes={lanes}
      after={last && keyText(last)}
    />,
    wrong.length > 0 ? 422 : 200,
  )
}

const keyText = ({ id }: Lane): string => [id.from, id.to, id.carrier, id.service].join('.')

/** Codes hold no dots; whatever else came in over the wire means the beginning of the list. */
function keyOf(text: string | undefined): LaneKey | undefined {
  const parts = /^([A-Z]{2})\.([A-Z]{2})\.([a-z0-9-]{1,40})\.([a-z0-9-]{1,40})$/.exec(text ?? '')
  return parts ? (parts.slice(1) as never as LaneKey) : undefined
}

/** The quotes for a parcel, for programs: `?from=MY&to=CA&kg=0.8&size=30x20x10&code=610910`. */
export async function tellLanes(
  c: Context<LogisticsEnv>,
  parts: LogisticsParts,
): Promise<Response> {
  const [from, to] = [c.req.query('from') ?? '', c.req.query('to') ?? '']
  const massG = gramsOf(c.req.query('kg') ?? '')
  const given = c.req.query('size')
  const size = given === undefined ? {} : sizeOf(given)
  const codes = c.req.queries('code')
  const errors = [
    ...(isCountry(from) ? [] : [{ at: 'from', reason: 'no country (ISO 3166, such as MY)' }]),
    ...(isCountry(to) ? [] : [{ at: 'to', reason: 'no country (ISO 3166, such as CA)' }]),
    ...(massG ? [] : [{ at: 'kg', reason: 'no mass in kilograms, such as 0.8' }]),
    ...(size ? [] : [{ at: 'size', reason: 'not three sides in centimetres, such as 30x20x10' }]),
    ...(codes?.every((code) => /^\d{6,12}$/.test(code)) === false
      ? [{ at: 'code', reason: 'no HS code of 6 to 12 digits' }]
      : []),
  ]
  if (errors.length > 0 || !massG || !size)
    return problem(c, 422, 'bad-parcel', 'The parcel cannot be priced.', errors)
  const day = parts.today()
  const lanes = await findLanes(parts.db.kysely, { from, to, day })
  const load = { items: [{ massG, ...size, quantity: 1 }], ...(codes ? { codes } : {}) }
  const freight = priceLoad(lanes, load, day)
  if (isRefused(freight)) return problem(c, 404, freight.refused, 'No lane takes this parcel.')
  const { quotes, refusals } = freight
  return c.json({ from, to, day, quotes: quotes.map(tellQuote), refusals })
}
