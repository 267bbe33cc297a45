import { randomBytes } from 'node:crypto'
import {
  decideImport,
  startImport,
  startSaving,
} from '../../src/catalogue/product-files/imports.ts'
import { fileReader } from '../../src/catalogue/product-files/file-reader.ts'
import { findImport, type ImportKey } from '../../src/catalogue/product-files/find-imports.ts'
import type { Settings } from '../../src/catalogue/product-files/fields.ts'
import { workOnImport } from '../../src/catalogue/product-files/work-on-import.ts'
import type { Database } from '../../src/db/index.ts'

const homeHub = '0199d2f0-0000-7000-8000-000000000001'
export const amina = { homeHub, businessId: '0199d2f0-0000-7000-8000-00000000000a' }

/** Brings product files into a test database as a seller would, without pages. */
export function importer(db: Database, now: () => number) {
  const reading = fileReader(db.sleep)
  const workToTheEnd = async (chunk = 500): Promise<void> => {
    while (await workOnImport({ db, now, random: randomBytes, chunk }));
  }
  return {
    workToTheEnd,
    /** Uploaded, and its columns decided as the hub proposes them. */
    async bring(text: string, settings: Partial<Settings> = {}): Promise<ImportKey> {
      const started = await startImport(
        db,
        {
          ...amina,
          actor: 'amina',
          fileName: 'goods.csv',
          bytes: new TextEncoder().encode(text),
          encoding: undefined,
          locale: 'en',
        },
        { now: now(), random: randomBytes, reading },
      )
      if ('refused' in started) throw new Error(started.refused)
      const key = { ...amina, ...started }
      const found = await findImport(db.kysely, key)
      if (!found) throw new Error('It is not there')
      const decision = {
        ...{ source: found.source, mapping: found.mapping },
        settings: { ...found.settings, currency: 'MYR', ...settings },
      }
      await decideImport(db, key, decision, { now: now(), locales: ['en'], reading })
      return key
    },
    async save(key: ImportKey, chunk = 500): Promise<void> {
      await workToTheEnd(chunk)
      await startSaving(db.kysely, key, now())
      await workToTheEnd(chunk)
    },
    async stateOf(key: ImportKey) {
      const found = await findImport(db.kysely, key)
      return { state: found?.state, counts: found?.counts }
    },
  }
}
