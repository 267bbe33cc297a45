import { join } from 'node:path'
import { createTariff } from '../../src/tariff/create-tariff.ts'

/** The rules that ship, read once for all test files of a worker. */
export const rulesFolder = join(import.meta.dirname, '../../rules')
export const realTariff = createTariff({ rulesFolder })

/** Properties run from one seed, so that a failure comes back; EWTP_SEED takes another. */
export const seed = Number(process.env['EWTP_SEED'] ?? 20261122)
