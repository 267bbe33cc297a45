/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono, type Context, type Env, type Handler, type MiddlewareHandler } from 'hono'
import { actorOf, type PartiesEnv } from './actor.ts'
import { judge, parameterOf, permissions, type Action, type Verdict } from './permissions.ts'
import { isApi, problem } from './problem.ts'
import { NoEntryPage } from './pages/no-entry-page.tsx'
import { readerOf } from './pages/shell.tsx'

/** Marks a middleware as the one that decides who comes through a route. */
const marked = Symbol('who may come through')

/** The actions, and those that are open to everybody. */
export type Access = Action | 'everybody'

/**
 * Lets through who may do the action, by the one table (permissions.ts). Says 401 (or shows the
 * sign-in page) to strangers, 404 for a business of others, 403 where a role is lacking.
 *
 *     routes.get('/business/:business/goods', allow('offer.view'), (c) => ...)
 */
export function allow(action: Action): MiddlewareHandler {
  const { on } = permissions[action]
  const decide: MiddlewareHandler = async (c, next) => {
    const parameter = on === 'business' || on === 'country' ? parameterOf[on] : undefined
    const verdict = judge(action, actorOf(c), parameter && c.req.param(parameter))
    if (verdict === 'allowed') return next()
    return turnAway(c as Context<PartiesEnv>, verdict)
  }
  return Object.assign(decide, { [marked]: action satisfies Access })
}

/** Marks a route as open to everybody, also to people who are not signed in. */
export const publicRoute: MiddlewareHandler = Object.assign(
  ((_c, next) => next()) satisfies MiddlewareHandler,
  { [marked]: 'everybody' satisfies Access },
)

/** Opens all routes of a capability to everybody, as the price at the door and the rules are. */
export function everybody<E extends Env>(routes: Hono<E>): Hono<E> {
  const open = new Hono<E>()
  for (const { method, path, handler } of routes.routes) open.on(method, path, publicRoute, handler)
  return open
}

export interface RouteAccess {
  method: string
  path: string
  access: Access | undefined
}

/** Every route of an app with who may come through; middleware is no route. */
export function accessOf(app: Pick<Hono, 'routes'>): RouteAccess[] {
  const found = new Map<string, RouteAccess>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL' && path.endsWith('*')) continue
    const name = `${method} ${path}`
    const access = (handler as Handler & { [marked]?: Access })[marked]
    const known = found.get(name)
    if (!known) found.set(name, { method, path, access })
  }
  return [...found.values()]
}

/**
 * Default deny: throws when a route does not say who may come through before anything else of it
 * runs, or when its address lacks what the action is done on.
 */
export function requireAccess(app: Pick<Hono, 'routes'>): void {
  const wrong = accessOf(app).flatMap(({ method, path, access }) => {
    if (!access) return [`${method} ${path} does not say who may come through`]
    if (access === 'everybody') return []
    const { on } = permissions[access]
    const needs = on === 'business' || on === 'country' ? parameterOf[on] : undefined
    return needs && !path.split('/').includes(`:${needs}`)
      ? [`${method} ${path} asks for ${access} but has no :${needs}`]
      : []
  })
  if (wrong.length > 0) throw new Error(`The hub does not start: ${wrong.join('; ')}`)
}

const statuses = {
  'sign-in-first': 401,
  'not-found': 404,
  'not-allowed': 403,
  'scope-missing': 403,
} as const

function turnAway(
  c: Context<PartiesEnv>,
  verdict: Exclude<Verdict, 'allowed'>,
): Response | Promise<Response> {
  const status = statuses[verdict]
  if (isApi(c)) {
    if (status === 401) c.header('www-authenticate', 'Bearer')
    return problem(c, status, verdict)
  }
  if (status === 401) return c.redirect(`/sign-in?next=${encodeURIComponent(wayBack(c))}`, 303)
  return c.html(<NoEntryPage reader={readerOf(c)} status={status} />, status)
}

/** The page to come back to: this one, or the one whose form was sent after the session had ended. */
function wayBack(c: Context): string {
  const here = new URL(c.req.url)
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return here.pathname + here.search
  const from = URL.parse(c.req.header('referer') ?? '')
  return from && from.host === here.host ? from.pathname + from.search : '/account'
}
