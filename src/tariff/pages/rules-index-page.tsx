/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { MessageKey, Reader } from '../../ui/index.ts'
import type { Tariff } from '../create-tariff.ts'
import { groupDestinations } from './places.ts'
import { Shell } from './shell.tsx'
import { territoryName } from './territory-name.ts'

/** Every territory whose law is written down, by part of the world. */
export function RulesIndexPage({ reader, tariff }: { reader: Reader; tariff: Tariff }) {
  const { language } = reader
  const { t } = language
  const unions = tariff.territories.filter((code) => !tariff.destinations.includes(code))
  return (
    <Shell reader={reader} title={t('tariff.rules.title')} description={t('tariff.rules.lead')}>
      <div class="wrap band stack loose">
        <div class="stack">
          <h1>{t('tariff.rules.title')}</h1>
          <p class="lead">{t('tariff.rules.lead')}</p>
        </div>
        {groupDestinations(tariff.destinations, language).map(({ part, codes }) => (
          <Group title={t(`tariff.part.${part}` as MessageKey)} codes={codes} reader={reader} />
        ))}
        {unions.length > 0 && (
          <Group title={t('tariff.rules.unions')} codes={unions} reader={reader} />
        )}
      </div>
    </Shell>
  )
}

type GroupProps = { title: string; codes: readonly string[]; reader: Reader }

function Group({ title, codes, reader }: GroupProps) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      <ul class="plain grid small">
        {codes.map((code) => (
          <li class="card">
            <a class="card-link" href={`/rules/${code}`}>
              {territoryName(code, reader.language)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
