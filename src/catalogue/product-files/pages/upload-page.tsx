/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  Disclosure,
  errorFor,
  ErrorSummary,
  FileField,
  SelectField,
  Table,
  type FieldError,
} from '../../../ui/index.ts'
import { Shell, Way, type Reader } from '../../pages/shell.tsx'
import { encodings } from '../decode-file.ts'
import { exportForms } from '../export-forms.ts'
import type { ProductImport } from '../find-imports.ts'
import { mostOpenImports } from '../imports.ts'
import { formWords, megabytes, sourceWords } from './words.ts'

type UploadPageProps = {
  reader: Reader
  business: { id: string; name: string }
  imports: readonly ProductImport[]
  errors?: readonly FieldError[]
}

/** Where goods come in and go out as files. */
export function UploadPage({ reader, business, imports, errors = [] }: UploadPageProps) {
  const { language } = reader
  const { t } = language
  const here = `/business/${business.id}/import`
  return (
    <Shell reader={reader} title={t('import.title')} hasErrors={errors.length > 0}>
      <section class="band">
        <div class="wrap stack loose">
          <ErrorSummary errors={errors} language={language} />
          <Way {...{ business, language }} />
          <h1>{t('import.title')}</h1>
          <p class="lead">{t('import.lead')}</p>
          <form class="stack" method="post" action={here} enctype="multipart/form-data">
            <FileField
              name="file"
              label={t('import.file')}
              hint={t('import.fileHint', { megabytes })}
              accept=".csv,.tsv,.txt,.xml,.json,text/csv,text/xml,application/json"
              error={errorFor(errors, 'file')}
            />
            <SelectField
              name="encoding"
              label={t('import.encoding')}
              hint={t('import.encodingHint')}
              options={[
                { value: '', label: t('import.encodingDetect') },
                ...encodings.map((name) => ({ value: name, label: name.toUpperCase() })),
              ]}
            />
            <div>
              <Button>{t('import.upload')}</Button>
            </div>
          </form>
          {imports.length > 0 && (
            <Table
              language={language}
              caption={t('import.earlier')}
              columns={[
                { label: t('import.earlierFile') },
                { label: t('import.columns.source') },
                { label: t('import.earlierDay') },
                { label: t('import.earlierState') },
              ]}
              rows={imports.map((each) => ({
                href: `${here}/${each.importId}`,
                cells: [
                  each.fileName,
                  sourceWords(language, each.source),
                  language.dateTime(new Date(each.createdAt), 'UTC'),
                  t(`import.state.${each.state}`),
                ],
              }))}
            />
          )}
          {imports.length > 0 && (
            <p class="muted small">{t('import.waiting', { count: mostOpenImports })}</p>
          )}
          <Disclosure summary={t('import.export')}>
            <p>{t('import.exportLead')}</p>
            <ul class="list">
              {exportForms.map((form) => (
                <li>
                  <a href={`/business/${business.id}/export/${form}`} download>
                    {formWords(language, form)}
                  </a>
                </li>
              ))}
            </ul>
          </Disclosure>
        </div>
      </section>
    </Shell>
  )
}
