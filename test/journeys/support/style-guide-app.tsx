/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono } from 'hono'
import {
  assets,
  chooseLocale,
  StyleGuide,
  worldMap,
  type WorldFill,
} from '../../../src/ui/index.ts'

const policy = "default-src 'self'; style-src 'self'; script-src 'self'"

/** The style guide behind the strictest content policy, with no hub around it. */
export function styleGuideApp(): Hono {
  const app = new Hono()
  app.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return c.notFound()
    return c.body(asset.bytes, 200, { 'content-type': asset.contentType, etag: asset.etag })
  })
  app.get('/world.svg', (c) =>
    c.body(drawWorld(), 200, {
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    }),
  )
  app.get('/style-guide', (c) => {
    const locale = chooseLocale({
      query: c.req.query('lang'),
      acceptLanguage: c.req.header('accept-language'),
    })
    c.header('content-security-policy', policy)
    return c.html(<StyleGuide locale={locale} url={new URL(c.req.url)} mapUrl="/world.svg" />)
  })
  return app
}

function drawWorld(): string {
  return worldMap({
    ariaLabel: 'Countries this hub trades with',
    fills: new Map<string, WorldFill>([
      ['MY', 'here'],
      ['CN', 5],
      ['CA', 4],
      ['SG', 4],
      ['TH', 3],
      ['JP', 3],
      ['AU', 2],
      ['US', 2],
      ['ET', 2],
      ['GB', 1],
      ['FR', 1],
      ['DE', 1],
      ['RW', 1],
      ['MX', 1],
    ]),
    titles: new Map([['MY', 'Malaysia, this hub']]),
    routes: [
      { from: 'MY', to: 'CN' },
      { from: 'MY', to: 'CA' },
      { from: 'MY', to: 'ET' },
    ],
  })
}
