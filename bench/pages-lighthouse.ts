// Lighthouse's own judgement, by the version the targets name. It is no dependency: npm brings it when it is asked for.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import chromium from '@sparticuz/chromium'
import type { PageToMeasure } from './pages.ts'
import type { Cookies } from './pages-load.ts'
import type { Figure } from './support/figure.ts'
import { median } from './support/measure.ts'

const version = '13.5.0'
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

/** The least out of 100; what a desk is not asked is undefined, as no search engine comes there. */
const targets = {
  list: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 },
  product: { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 },
  console: { performance: 90, accessibility: 100, 'best-practices': undefined, seo: undefined },
} as const

interface Judgement {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; title: string }>
}

export async function askLighthouse(
  { name, kind, url }: PageToMeasure & { url: string },
  cookies: Cookies,
  rounds: number,
): Promise<Figure[]> {
  const judgements: Judgement[] = []
  while (judgements.length < rounds) judgements.push(await judge(url, cookies))
  return categories.map((category): Figure => {
    const scores = judgements.map((each) => (each.categories[category]?.score ?? 0) * 100)
    // A page that asks not to be found, such as that of signing in, is not judged by how well it is.
    const hidden = judgements.some(({ audits }) => audits['is-crawlable']?.score === 0)
    const least = category === 'seo' && hidden ? undefined : targets[kind][category]
    const failed = [...new Set(judgements.flatMap((each) => failures(each, category)))]
    return {
      name: `pages: ${name}, Lighthouse ${category}`,
      value: median(scores),
      unit: 'of 100',
      ...(least === undefined ? {} : { bar: { of: 'figure', least } }),
      ...(least !== undefined && median(scores) < least ? { note: failed.join('; ') } : {}),
    }
  })
}

const failures = ({ categories: all, audits }: Judgement, category: string): string[] =>
  (all[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => audits[id]?.title ?? id)

const flags = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run'

async function judge(url: string, cookies: Cookies): Promise<Judgement> {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { stdout } = await promisify(execFile)(
    'npm',
    [
      ...['exec', '--yes', `lighthouse@${version}`, '--', url, '--quiet', '--output=json'],
      `--only-categories=${categories.join(',')}`,
      `--chrome-flags=${flags}`,
      ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
    ],
    {
      env: { ...process.env, CHROME_PATH: await chromium.executablePath() },
      maxBuffer: 64_000_000,
    },
  )
  return JSON.parse(stdout) as Judgement
}
