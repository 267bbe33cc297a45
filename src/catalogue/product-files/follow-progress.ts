import type { Context } from 'hono'
import { signedInActor } from '../../parties/index.ts'
import { follow, type Followers } from '../../ui/index.ts'
import { readerOf } from '../pages/shell.tsx'
import { findImport, type ProductImport } from './find-imports.ts'
import { isAtWork, progressWords } from './pages/import-pages.tsx'
import type { ProductFileParts } from './routes.tsx'

/** Tells a page how far an import is. */
export function followProgress(
  c: Context,
  { db, sleep }: ProductFileParts,
  found: ProductImport,
  followers: Followers,
): Response {
  const { language } = readerOf(c)
  const { personId } = signedInActor(c)
  const options = { followers, personId, most: 4, everyMs: 300, sleep }
  return follow(c, options, async () => {
    const now = await findImport(db.kysely, found)
    const told = now ?? found
    const text = progressWords(language, told)
    return { done: told.position, total: told.itemCount, text, ended: !now || !isAtWork(now) }
  })
}
