import type { RandomBytes } from '../../basis/uuid.ts'
import { uuidv7 } from '../../basis/uuid.ts'
import { findPavilion, savePavilion } from '../../catalogue/routes.tsx'
import { transact } from '../../db/index.ts'
import type { Hub } from '../create-hub.ts'
import type { DemoSeller } from './make-people.ts'
import { cell, titleLocales, type Row } from './read-data.ts'
import type { SavedGoods } from './save-goods.ts'

type Parts = { readonly hub: Hub; readonly now: () => number; readonly random: RandomBytes }

/** The shop whose goods make up the collection of a country's pavilion. */
const collected: Readonly<Record<string, string>> = {
  MY: 'seri-batik',
  CA: 'sucrerie-du-lac',
  CN: 'longjing-house',
  TH: 'lanna-silk',
  RW: 'agaseke',
  IE: 'inis-knits',
  IT: 'masseria-sole',
  JP: 'kanda-paper',
  IN: 'malabar-spice',
  AU: 'bush-pantry',
}

/** Story, picture, featured sellers and one collection for each country; what curators have written since stays. */
export async function makePavilions(
  { hub, now, random }: Parts,
  rows: readonly Row[],
  goods: readonly SavedGoods[],
  sellers: readonly DemoSeller[],
): Promise<void> {
  for (const row of rows) {
    const country = cell(row, 'country')
    const here = sellers.filter((seller) => seller.country === country)
    const curator = here[0]
    const { version } = await findPavilion(hub.db.kysely, country)
    if (!curator || version > 0n) continue
    const shown = goods.filter(
      ({ seller, status }) => seller === collected[country] && status === 'published',
    )
    await transact(hub.db, (tx) =>
      savePavilion(
        tx,
        {
          country,
          story: byLocale(row, ''),
          picture: shown[0]?.digest ?? null,
          featured: here.map(({ businessId }) => businessId),
          collections: shown.length > 0 ? [collectionOf(row, shown, uuidv7(now(), random))] : [],
          version,
          actor: curator.personId,
          hub: hub.config.id,
        },
        now(),
      ),
    )
  }
}

const collectionOf = (row: Row, shown: readonly SavedGoods[], collectionId: string) => ({
  collectionId,
  title: byLocale(row, 'title_'),
  offers: shown.slice(0, 12).map(({ key }) => key.offerId),
})

const byLocale = (row: Row, before: string): Record<string, string> =>
  Object.fromEntries(titleLocales.map((locale) => [locale, cell(row, `${before}${locale}`)]))
