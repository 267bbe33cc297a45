import type { Context } from 'hono'
import type { RouteAccess } from '../parties/index.ts'
import { shapeOf } from './api-edge.ts'
import type { HubEnv } from './trace.ts'

/**
 * Where an address that only takes a form leads when somebody opens it: a refused form was answered there, and its reader
 * now chooses another language, signs in again or comes back to a tab that the phone had closed. They find the page that
 * the form stands on, the nearest one above it, with all that the address asked for.
 */
export function pageOfForm(
  routes: readonly RouteAccess[],
): (c: Context<HubEnv>) => Response | undefined {
  const shapesOf = (wanted: string): readonly RegExp[] =>
    routes
      .filter(({ method, path }) => method === wanted && !path.startsWith('/api/'))
      .map(({ path }) => shapeOf(path))
  const [forms, pages] = [shapesOf('POST'), shapesOf('GET')]
  return (c) => {
    const { method, path, url } = c.req
    const is = (shapes: readonly RegExp[]) => shapes.some((shape) => shape.test(path))
    // What is a page as well has answered for itself: there is no such thing here.
    if (method !== 'GET' || is(pages) || !is(forms)) return undefined
    const page = above(path).find((each) => pages.some((shape) => shape.test(each)))
    return page === undefined ? undefined : c.redirect(page + new URL(url).search, 303)
  }
}

/** `/basket/lines/change`: `/basket/lines`, then `/basket`; the first page of the hub is above everything, and no answer. */
const above = (path: string): readonly string[] => {
  const parts = path.split('/')
  return parts.slice(2).map((_, index) => parts.slice(0, -1 - index).join('/'))
}
