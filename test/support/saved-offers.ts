// Saving offers as tests do it: two businesses, one scarf, and what comes of a save.
import { randomBytes } from 'node:crypto'
import { saveOffers, type OfferDraft, type SaveOutcome } from '../../src/catalogue/index.ts'
import type { SaveOffer, SaveParts } from '../../src/catalogue/save-offers.ts'
import { transact, type Database } from '../../src/db/index.ts'

const homeHub = '0199d2f0-0000-7000-8000-000000000001'
export const amina = { homeHub, businessId: '0199d2f0-0000-7000-8000-00000000000a' }
export const bo = { homeHub, businessId: '0199d2f0-0000-7000-8000-00000000000b' }

export const scarf: OfferDraft = {
  mainLocale: 'en',
  texts: [{ locale: 'en', title: 'Batik scarf', description: 'Silk, drawn by hand' }],
  subheading: '6214.10',
  origin: 'MY',
  currency: 'MYR',
  variants: [
    {
      sku: 'SC-RED',
      options: [{ name: 'Colour', value: 'red' }],
      price: '120.00',
      stock: 5,
      netMassG: 80,
    },
    {
      sku: 'SC-BLUE',
      options: [{ name: 'Colour', value: 'blue' }],
      price: '125.5',
      stock: 0,
      netMassG: 80,
    },
  ],
}

export const idOf = (outcome: SaveOutcome | undefined): string => {
  if (!outcome || 'refused' in outcome) throw new Error(JSON.stringify(outcome))
  return outcome.offerId
}

/** Saves for Amina into a database, at the time of a clock. */
export function savingInto(db: Database, clock: { now(): number }) {
  const save = (commands: readonly SaveOffer[], parts: Partial<SaveParts> = {}) =>
    transact(db, (tx) =>
      saveOffers(tx, commands, { now: clock.now(), random: randomBytes, ...parts }),
    )
  return {
    save,
    saveOne: async (draft: OfferDraft, parts: Partial<SaveParts> = {}) => {
      const [outcome] = await save([{ ...amina, draft }], parts)
      return outcome as SaveOutcome
    },
    eventsOf: async (subject: string) => {
      const rows = await db.kysely
        .selectFrom('events')
        .select('kind')
        .where('subject', '=', subject)
        .orderBy('seq')
        .execute()
      return rows.map(({ kind }) => kind)
    },
  }
}
