/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { Language } from '../../ui/index.ts'

/** The line over every page of a demo: that it is one, and where it is tried as one of its people. */
export const demoNotice = ({ t }: Language): Child => (
  <>
    {t('ui.demo')} <a href="/sign-in">{t('parties.demo.tryIt')}</a>
  </>
)
