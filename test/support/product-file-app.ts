import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { Refusal } from '../../src/basis/refusal.ts'
import { productFileRoutes } from '../../src/catalogue/product-files/routes.tsx'
import { workOnImport } from '../../src/catalogue/product-files/work-on-import.ts'
import type { Database } from '../../src/db/index.ts'
import { testClock } from './clock.ts'

const hub = { id: '0199d2f0-0000-7000-8000-000000000001', name: 'Test hub' }
export const amina = '0199d2f0-0000-7000-8000-00000000000a'
export const bo = '0199d2f0-0000-7000-8000-00000000000b'

/** The pages of product files over a test database with two businesses, and ways to press their buttons. */
export async function productFileApp(db: Database) {
  await db.pool.query(
    `insert into businesses (home_hub, id, name, slug, country, created_at, updated_at)
     values ($1, $2, 'Amina''s', 'amina', 'MY', '2026-11-22', '2026-11-22'),
            ($1, $3, 'Bo''s', 'bo', 'CN', '2026-11-22', '2026-11-22')`,
    [hub.id, amina, bo],
  )
  const clock = testClock()
  const parts = { db, now: clock.now, random: randomBytes }
  const woken = { times: 0 }
  const wake = () => void (woken.times += 1)
  const routes = productFileRoutes({ ...parts, hub, wake, sleep: clock.sleep })

  /** The routes for somebody of this business, or of none, as the hub mounts them. */
  const appFor = (business: string | undefined): Hono => {
    const app = new Hono()
    const businesses = new Map(business ? [[business, 'owner']] : [])
    const actor = {
      ...{ personId: 'p-1', name: 'A', email: 'a@example.org', businesses },
      ...{ hubRoles: new Set(), curatorOf: new Set() },
    }
    app.use(async (c, next) => {
      c.set('parties' as never, { hub, ...(business ? { actor } : {}) } as never)
      await next()
    })
    app.route('/', routes)
    app.onError((error, c) =>
      error instanceof Refusal ? c.text(error.code, 404) : c.text(String(error.stack), 500),
    )
    return app
  }

  const app = appFor(amina)
  const base = `/business/${amina}/import`
  const get = async (path: string) => {
    const answer = await app.request(path)
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }
  const post = async (path: string, form: Record<string, string> = {}) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(form) })
  const upload = async (content: string | Uint8Array, name = 'goods.csv', encoding = '') => {
    const body = new FormData()
    body.set('file', new File([content as BlobPart], name))
    body.set('encoding', encoding)
    const begun = performance.now()
    const answer = await app.request(base, { method: 'POST', body })
    const text = await answer.text()
    const to = answer.headers.get('location') ?? ''
    return { status: answer.status, to, text, ms: performance.now() - begun }
  }
  /** Uploaded, with the columns as the hub proposes them; what is done next is the worker's. */
  const check = async (
    content: string | Uint8Array,
    changes: Record<string, string> = {},
    name?: string,
  ): Promise<string> => {
    const { to, text } = await upload(content, name)
    if (!to) throw new Error(text.slice(0, 2_000))
    const form = { ...proposedBy((await get(to)).text), currency: 'MYR', ...changes }
    const decided = await post(`${to}/columns`, form)
    if (decided.status !== 303) throw new Error((await decided.text()).slice(0, 2_000))
    return to
  }
  const work = async (): Promise<void> => {
    while (await workOnImport(parts));
  }
  return { app, appFor, base, check, get, post, upload, woken, work }
}

/** What the form of the columns is filled in with. */
export function proposedBy(page: string): Record<string, string> {
  const form: Record<string, string> = {}
  for (const [, name = '', body = ''] of page.matchAll(
    /<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs,
  ))
    form[name] = /<option value="([^"]*)" selected/.exec(body)?.[1] ?? ''
  form['decimalSign'] = /value="([.,])" checked/.exec(page)?.[1] ?? '.'
  return form
}
