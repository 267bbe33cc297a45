// What holds for everything under /api before and after its capability: the type of a body, a method that a path does
// not know.
import type { Context, MiddlewareHandler } from 'hono'
import type { RouteAccess } from '../parties/index.ts'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

const isApi = (path: string): boolean => path.startsWith('/api/')

/** The one thing that programs send as a form. */
const productFile = /^\/api\/v1\/businesses\/[^/]+\/imports$/

/** A body that says of itself that it is something else is not read as JSON. */
export const bodiesOfJson: MiddlewareHandler<HubEnv> = (c, next) => {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (!type || !isApi(c.req.path) || type === wantedType(c.req.path)) return next()
  if (type.endsWith('+json') || c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  return Promise.resolve(problem(c, 415, 'not-this-type', { wanted: wantedType(c.req.path) }))
}

const wantedType = (path: string): string =>
  productFile.test(path) ? 'multipart/form-data' : 'application/json'

/** Whether a path under /api is there for other methods, and for which. */
export function wrongMethod(
  routes: readonly RouteAccess[],
): (c: Context<HubEnv>) => Response | undefined {
  const known = routes
    .filter(({ path }) => isApi(path))
    .map(({ method, path }) => ({ method, shape: shapeOf(path) }))
  return (c) => {
    const { path, method } = c.req
    if (!isApi(path)) return undefined
    const methods = known.filter(({ shape }) => shape.test(path)).map((each) => each.method)
    if (methods.length === 0 || methods.includes(method)) return undefined
    const answer = problem(c, 405, 'wrong-method', { allowed: methods })
    answer.headers.set('allow', methods.join(', '))
    return answer
  }
}

export const shapeOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
