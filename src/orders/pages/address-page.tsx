/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { addressFormat, type AddressPart, type TypedAddress } from '../../parties/index.ts'
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  TextAreaField,
  TextField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { Shell } from './shell.tsx'

export type TypedShipTo = {
  readonly name: string
  readonly phone: string
  readonly address: TypedAddress
}

type AddressPageProps = {
  reader: Reader
  destination: string
  typed: TypedShipTo
  errors: readonly FieldError[]
}

/** First step of checkout: who gets the goods, and where. */
export function AddressPage({ reader, destination, typed, errors }: AddressPageProps) {
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  const country = language.country(destination)
  return (
    <Shell reader={reader} title={t('orders.address.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('orders.basket.title'), href: '/basket' }]}
      />
      <h1>{t('orders.address.title')}</h1>
      <p>
        {t('orders.address.lead', { country })}{' '}
        <a href="/basket">{t('orders.address.otherCountry')}</a>
      </p>
      <form class="stack" method="post" action="/checkout/address">
        <TextField
          name="name"
          label={t('orders.address.name')}
          value={typed.name}
          error={error('name')}
          maxlength={120}
          autocomplete="name"
        />
        <TextField
          name="phone"
          type="tel"
          label={t('orders.address.phone')}
          hint={t('orders.address.phoneHint')}
          optional={t('ui.optional')}
          value={typed.phone}
          error={error('phone')}
          maxlength={30}
          width="m"
          autocomplete="tel"
        />
        <AddressFields {...{ language, destination, typed, error }} />
        <p>
          <strong>{country}</strong>
        </p>
        <div>
          <Button>{t('orders.address.next')}</Button>
        </div>
      </form>
    </Shell>
  )
}

const autocompletes = {
  lines: 'street-address',
  district: 'address-level3',
  town: 'address-level2',
  region: 'address-level1',
  postcode: 'postal-code',
} as const

export const partsInOrder: readonly AddressPart[] = [
  'lines',
  'district',
  'town',
  'region',
  'postcode',
]

/** Countries whose regions are called provinces. */
const haveProvinces = new Set(['CA', 'CN', 'IT', 'TH'])

/** What a part of an address is called where the goods go. */
export const partWord = (part: AddressPart, country: string, { t }: Language): string =>
  t(
    part === 'region' && haveProvinces.has(country)
      ? 'parties.address.province'
      : `parties.address.${part}`,
  )

/** The fields that the country's own form of address has. */
function AddressFields({
  language,
  destination,
  typed,
  error,
}: {
  language: Language
  destination: string
  typed: TypedShipTo
  error: (field: string) => string | undefined
}) {
  const { t } = language
  const { required, optional, example } = addressFormat(destination)
  return (
    <>
      {partsInOrder
        .filter((part) => required.includes(part) || optional.includes(part))
        .map((part) => {
          const common = {
            name: `address-${part}`,
            label: partWord(part, destination, language),
            optional: optional.includes(part) ? t('ui.optional') : undefined,
            value: typed.address[part],
            error: error(`address-${part}`),
          }
          if (part === 'lines') return <TextAreaField {...common} rows={2} />
          return (
            <TextField
              {...common}
              autocomplete={autocompletes[part]}
              hint={part === 'postcode' && example && t('parties.profile.example', { example })}
              width={part === 'postcode' ? 's' : 'l'}
            />
          )
        })}
    </>
  )
}
