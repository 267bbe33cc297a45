import { defineConfig } from 'vitest/config'
export default defineConfig({ root: '/work/main', test: { include: ['test/twin/agreement.draft.ts'], pool: 'threads' } })
