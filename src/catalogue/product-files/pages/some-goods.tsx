/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Table, Tag, type Language, type Tone } from '../../../ui/index.ts'
import type { OfferDraft, VariantDraft } from '../../offer.ts'
import { shifted } from '../exported-offer.ts'
import { isMassUnitOpen } from '../read-row.ts'
import type { ImportPageProps } from './import-pages.tsx'
import { hrefOf } from './rows-to-mend.tsx'
import { outcomeWords } from './words.ts'

export const tones: Readonly<Record<string, Tone>> = {
  created: 'ok',
  updated: 'info',
  refused: 'bad',
  removed: 'ok',
  restored: 'ok',
  'changed-since': 'warn',
}

/** Some goods as they were understood, before anything is saved. */
export function SomeGoods({ reader, good, found }: ImportPageProps) {
  const { language } = reader
  const { t } = language
  if (good.length === 0) return null
  return (
    <>
      {isMassUnitOpen(found.columns, found.mapping) && (
        <p>
          {t('catalogue.import.unitTaken', { unit: found.settings.massUnit })}{' '}
          <a href={`${hrefOf(found)}/columns#massUnit`}>{t('catalogue.import.unitChange')}</a>
        </p>
      )}
      <Table
        language={language}
        caption={t('import.check.some')}
        columns={[
          { label: t('import.check.product') },
          { label: t('import.check.outcome') },
          { label: t('import.check.price') },
          { label: t('catalogue.import.weight') },
          { label: t('import.check.variants'), numeric: true },
        ]}
        rows={good.map(({ title, expected, draft }) => ({
          cells: [
            title,
            <Tag tone={tones[expected ?? '']}>
              {outcomeWords(language, expected ?? 'unchanged')}
            </Tag>,
            priceWords(draft, language),
            weightWords(draft?.variants ?? [], language),
            String(draft?.variants?.length ?? 0),
          ],
        }))}
      />
    </>
  )
}

/** Of the first variant; a draft may lack it, or its currency. */
function priceWords(draft: OfferDraft | null, language: Language): string {
  const price = draft?.variants?.[0]?.price
  if (price === undefined) return ''
  return draft?.currency === undefined ? price : language.money(price, draft.currency)
}

/** What carriers weigh, packed if known, else bare; of several variants the lightest and the heaviest. */
function weightWords(variants: readonly VariantDraft[], language: Language): string {
  const { t } = language
  const grams = variants.flatMap(({ grossMassG, netMassG }) => grossMassG ?? netMassG ?? [])
  if (grams.length === 0) return t('catalogue.import.noWeight')
  const [least, most] = [Math.min(...grams), Math.max(...grams)].map(
    (each) => `${language.number(shifted(each, 3))} kg`,
  ) as [string, string]
  return least === most ? least : t('catalogue.import.weightRange', { least, most })
}
