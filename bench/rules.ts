// The rules: how long it takes to read and check every file, and to compile a territory's law for a day not asked yet.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { createTariff } from '../src/tariff/index.ts'
import { rulesFolder } from './support/codes.ts'
import type { Figure } from './support/figure.ts'
import { median, now, timed } from './support/measure.ts'

type Tariff = ReturnType<typeof createTariff>

export function run(): Figure[] {
  const tariff = createTariff({ rulesFolder })
  for (const to of tariff.destinations) tariff.on(to, '2026-11-22')
  return [checked(), read(), ...compiled(tariff)]
}

const root = join(import.meta.dirname, '..')

/** From command to verdict, so that a contributor knows how long a check of the rules takes. */
function checked(): Figure {
  let verdict = ''
  const command = ['--import', './bin/loader.js', 'src/tariff/check.ts']
  const times = [1, 2, 3].map(() => {
    const begun = now()
    const output = execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' })
    verdict = output.trim().split('\n').at(-1) ?? ''
    return (now() - begun) / 1000
  })
  return {
    name: 'rules: all files checked, from command',
    value: median(times),
    unit: 's',
    note: verdict,
  }
}

function read(): Figure {
  const times = [1, 2, 3].map(() =>
    timed(() => {
      const tariff = createTariff({ rulesFolder })
      for (const code of tariff.territories)
        for (const { path, file } of tariff.rules(code).schedules)
          tariff.schedule(path, `${code}/${file}`)
      void tariff.exchange
    }),
  )
  return { name: 'rules: all territories and schedules read', value: median(times), unit: 'ms' }
}

function compiled(tariff: Tariff): Figure[] {
  const days = ['2026-01-15', '2026-03-15', '2026-05-15', '2026-07-15', '2026-09-15']
  const times = tariff.destinations.map((to) => ({
    to,
    took: days.map((day) => timed(() => tariff.on(to, day))),
  }))
  const one = median(times.flatMap(({ took }) => took))
  const all = median(days.map((_, at) => times.reduce((sum, { took }) => sum + (took[at] ?? 0), 0)))
  const [slowest] = times.toSorted((a, b) => median(b.took) - median(a.took))
  const note = slowest && `slowest ${slowest.to}, ${median(slowest.took).toFixed(2)} ms`
  return [
    { name: 'rules: a territory for a new day', value: one, unit: 'ms', ...(note ? { note } : {}) },
    { name: `rules: all ${times.length} territories for a new day`, value: all, unit: 'ms' },
  ]
}
