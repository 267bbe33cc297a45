/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { languageFor, languageLinks } from './language.ts'
import { Page } from './layout.tsx'
import { FigureSamples, PriceSamples, TableSamples } from './style-guide-figures.tsx'
import { FormSamples } from './style-guide-forms.tsx'
import { Hero, MessageSamples, ShopSamples, StepSamples } from './style-guide-parts.tsx'

interface StyleGuideProps {
  locale: string
  /** The address of the page, which carries its views: `?density=work`, `?q=`, `?lang=`. */
  url: URL
  /** Where a world map is served, made with `worldMap`. */
  mapUrl: string
}

/**
 * Every component in every state on one page: to look at, and for the accessibility test. The
 * samples are made up and in English; only the components' own words are translated.
 */
export function StyleGuide({ locale, url, mapUrl }: StyleGuideProps) {
  const language = languageFor(locale)
  const density = url.searchParams.get('density') === 'work' ? 'work' : 'shop'
  return (
    <Page
      language={language}
      title="Style guide"
      description="Every part of the pages of a hub, in every state."
      hub={{ name: 'Straits Hub' }}
      density={density}
      nav={[
        { label: 'Shops', href: '#shops' },
        { label: 'Landed cost', href: '#figures', current: true },
        { label: 'Tables', href: '#tables' },
        { label: 'Forms', href: '#forms' },
      ]}
      account={[{ label: 'Sign in', href: '#forms' }]}
      languages={languageLinks(url, locale)}
      notice="Demonstration: no money moves and no goods are sold."
      footer={[
        { label: 'Generous', href: '?density=shop' },
        { label: 'Dense', href: '?density=work' },
      ]}
    >
      <div lang="en">
        <Hero mapUrl={mapUrl} language={language} />
        <PriceSamples language={language} />
        <ShopSamples language={language} />
        <FigureSamples language={language} density={density} />
        <TableSamples language={language} query={url.searchParams} />
        <FormSamples language={language} />
        <StepSamples language={language} />
        <MessageSamples />
      </div>
    </Page>
  )
}
