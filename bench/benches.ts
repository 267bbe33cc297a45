import type { Figure } from './support/figure.ts'

interface Bench {
  load(): Promise<{ run(): Figure[] | Promise<Figure[]> }>
  /** Works in this process alone, so that all other work on the machine is somebody else's. */
  alone: boolean
  /** Takes longer than the quick set may: only by its name, and for the proof. */
  long?: boolean
}

/** In the order of the table. */
export const benches = {
  'landed-cost': { load: () => import('./landed-cost.ts'), alone: true },
  http: { load: () => import('./http.ts'), alone: true },
  markets: { load: () => import('./markets.ts'), alone: true },
  start: { load: () => import('./start.ts'), alone: false },
  screening: { load: () => import('./screening.ts'), alone: true },
  search: { load: () => import('./search.ts'), alone: false },
  classify: { load: () => import('./classify.ts'), alone: false },
  checkout: { load: () => import('./checkout.ts'), alone: false },
  transfers: { load: () => import('./transfers.ts'), alone: false },
  rules: { load: () => import('./rules.ts'), alone: false },
  growth: { load: () => import('./growth.ts'), alone: false, long: true },
  pages: { load: () => import('./pages.ts'), alone: false },
} satisfies Record<string, Bench>

export type BenchName = keyof typeof benches

export const benchNames = Object.keys(benches) as BenchName[]

export const quickNames = benchNames.filter((name) => !('long' in benches[name]))
