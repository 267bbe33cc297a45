/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Disclosure, type Language, type MessageKey } from '../../ui/index.ts'
import { hrefOf, type Ask } from './ask.ts'
import { groupDestinations } from './places.ts'

type DestinationsFieldProps = {
  ask: Ask
  destinations: readonly string[]
  error: string | undefined
  language: Language
}

/** Where to: a box for every destination with rules, by part of the world. */
export function DestinationsField({ ask, destinations, error, language }: DestinationsFieldProps) {
  const { t } = language
  const chosen = ask.to.filter((code) => destinations.includes(code))
  const named = language.list(chosen.slice(0, 12).map((code) => language.country(code)))
  const more = chosen.length > 12 ? '…' : ''
  return (
    <div class={error ? 'invalid' : undefined} id="to" tabindex={-1}>
      {error && (
        <div class="field-error" id="to-error">
          {error}
        </div>
      )}
      <Disclosure
        summary={t('tariff.ask.to', { count: chosen.length })}
        open={error !== undefined || chosen.length === 0}
      >
        <div class="stack">
          {groupDestinations(destinations, language).map(({ part, codes }) => (
            <fieldset>
              <legend>{t(`tariff.part.${part}` as MessageKey)}</legend>
              <div class="grid small tight">
                {codes.map((code) => (
                  <div class="option">
                    <input
                      type="checkbox"
                      id={`to-${code}`}
                      name="to"
                      value={code}
                      checked={chosen.includes(code)}
                    />
                    <label for={`to-${code}`}>{language.country(code)}</label>
                  </div>
                ))}
              </div>
            </fieldset>
          ))}
        </div>
      </Disclosure>
      {chosen.length > 0 && (
        <p class="muted small">
          {named}
          {more}
          {chosen.length < destinations.length && ask.lines.length > 0 && (
            <>
              {' '}
              <a href={hrefOf({ ...ask, to: destinations })}>
                {t('tariff.ask.toAll', { count: destinations.length })}
              </a>
            </>
          )}
        </p>
      )}
    </div>
  )
}
