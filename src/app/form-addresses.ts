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
  const shapes = (wanted: string): readonly RegExp[] =>
    routes
      .filter(({ method, path }) => method === wanted && !path.startsWith('/api/'))
      .map(({ path }) => shapeOf(path))
  const [forms, pages] = [shapes('POST'), shapes('GET')]
  return (c) => {
    const { method, path, url } = c.req
    if (method !== 'GET' || !forms.some((form) => form.test(path))) return undefined
    const page = above(path).find((each) => pages.some((shape) => shape.test(each)))
    return page === undefined ? undefined : c.redirect(page + new URL(url).search, 303)
  }
}

/** `/basket/lines/change`: `/basket/lines`, then `/basket`; the first page of the hub is above everything, and no answer. */
const above = (path: string): readonly string[] => {
  const parts = path.split('/')
  return parts.slice(2).map((_, index) => parts.slice(0, -1 - index).join('/'))
}
