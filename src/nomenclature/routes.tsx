/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Hono, type Context } from 'hono'
import { readerOf, type Choice } from '../ui/index.ts'
import { postClassification } from './api.ts'
import type { Nomenclature } from './create-nomenclature.ts'
import { nationalTurn, type LinesOf } from './national.ts'
import { ClassifyPage } from './pages/classify-page.tsx'
import { readNext } from './pages/onward.ts'
import { readControl } from './pages/read-control.ts'
import type { NomenclatureEnv } from './problem.ts'

export { nomenclatureApi } from './api-description.ts'

export type NomenclatureParts = {
  /** Made when first asked for, kept by whoever composes the hub. */
  nomenclature(): Nomenclature
  /** Territories whose lines below six digits are held, and their lines; without them the page ends at six digits. */
  territories?(locale: string): readonly Choice[]
  linesOf?: LinesOf
}

/** What the nomenclature shows to people and to programs. All of it is open to everybody. */
export function nomenclatureRoutes(parts: NomenclatureParts): Hono<NomenclatureEnv> {
  const routes = new Hono<NomenclatureEnv>()
  routes.post('/api/v1/classifications', (c) => postClassification(c, parts.nomenclature))
  routes.get('/classify', (c) => showClassify(c, parts))
  return routes
}

function showClassify(
  c: Context<NomenclatureEnv>,
  parts: NomenclatureParts,
): Response | Promise<Response> {
  const reader = readerOf(c)
  const { locale } = reader.language
  const query = reader.url.searchParams
  const input = readControl(query)
  const turn =
    input.text === ''
      ? undefined
      : parts.nomenclature().classify(input.text, { locale, answers: input.answers })
  const territories = parts.linesOf ? (parts.territories?.(locale) ?? []) : []
  const territory = territories.find(({ value }) => value === query.get('to'))?.value
  const chosen = (query.get('line') ?? '').replaceAll(/\D/g, '')
  const national =
    territory !== undefined && turn?.code !== undefined && parts.linesOf
      ? {
          territory,
          chosen,
          turn: nationalTurn(
            parts.linesOf(territory, turn.code),
            chosen.startsWith(turn.code) ? chosen : turn.code,
          ),
        }
      : undefined
  return c.html(
    <ClassifyPage
      reader={reader}
      input={input}
      turn={turn}
      national={national}
      territories={territories}
      next={readNext(query.get('next'))}
    />,
  )
}
