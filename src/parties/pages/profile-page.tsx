/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { FieldError, Language } from '../../ui/index.ts'
import {
  Breadcrumb,
  Button,
  errorFor,
  ErrorSummary,
  Fieldset,
  Notice,
  Radios,
  SelectField,
  TextAreaField,
  TextField,
} from '../../ui/index.ts'
import { addressFormat, type AddressPart } from '../address.ts'
import type { Business } from '../businesses.ts'
import { schemesFor } from '../identifiers.ts'
import { ownerships, turnoverBands, type TypedProfile } from '../profile.ts'
import { Shell, type Reader } from './shell.tsx'

interface ProfilePageProps {
  reader: Reader
  business: Business
  typed: TypedProfile
  errors: readonly FieldError[]
  saved: boolean
}

export function ProfilePage({ reader, business, typed, errors, saved }: ProfilePageProps) {
  const { language } = reader
  const { t } = language
  const error = (field: string) => errorFor(errors, field)
  return (
    <Shell reader={reader} title={t('parties.profile.title')} hasErrors={errors.length > 0}>
      <ErrorSummary errors={errors} language={language} />
      <Breadcrumb
        language={language}
        crumbs={[
          { label: t('parties.account.title'), href: '/account' },
          { label: business.name, href: `/business/${business.id}` },
        ]}
      />
      <h1>{t('parties.profile.title')}</h1>
      {saved && (
        <Notice tone="ok" live>
          <p>{t('parties.profile.saved')}</p>
        </Notice>
      )}
      <form class="stack loose" method="post" action={`/business/${business.id}/profile`}>
        <TextField
          name="name"
          label={t('parties.business.name')}
          value={typed.name}
          error={error('name')}
          maxlength={160}
        />
        <TextAreaField
          name="about"
          label={t('parties.profile.about')}
          hint={t('parties.profile.aboutHint')}
          optional={t('ui.optional')}
          value={typed.about}
        />
        <Identifiers {...{ language, business, typed, error }} />
        <SmallBusiness {...{ language, typed, error }} />
        <ShipFrom {...{ language, business, typed, error }} />
        <div>
          <Button>{t('parties.profile.save')}</Button>
        </div>
      </form>
    </Shell>
  )
}

interface SectionProps {
  language: Language
  typed: TypedProfile
  error: (field: string) => string | undefined
}

function Identifiers({ language, business, typed, error }: SectionProps & { business: Business }) {
  const { t } = language
  const country = language.country(business.country)
  return (
    <Fieldset
      legend={t('parties.profile.identifiers')}
      hint={t('parties.profile.identifiersHint', { country })}
    >
      {schemesFor(business.country).map(({ scheme, label, example }) => (
        <TextField
          name={`id-${scheme}`}
          label={label}
          hint={t('parties.profile.example', { example })}
          optional={t('ui.optional')}
          value={typed.identifiers.get(scheme)}
          error={error(`id-${scheme}`)}
          maxlength={40}
          width="m"
          autocomplete="off"
        />
      ))}
    </Fieldset>
  )
}

const bandKeys = {
  'to-100k': 'parties.turnover.toHundredK',
  'to-700k': 'parties.turnover.toSevenHundredK',
  'to-2m': 'parties.turnover.toTwoM',
  'to-10m': 'parties.turnover.toTenM',
  'to-50m': 'parties.turnover.toFiftyM',
  'over-50m': 'parties.turnover.overFiftyM',
} as const

const ownershipKeys = {
  independent: ['parties.ownership.independent', 'parties.ownership.independentHint'],
  partner: ['parties.ownership.partner', 'parties.ownership.partnerHint'],
  linked: ['parties.ownership.linked', 'parties.ownership.linkedHint'],
} as const

function SmallBusiness({ language, typed, error }: SectionProps) {
  const { t } = language
  return (
    <Fieldset legend={t('parties.profile.small')} hint={t('parties.profile.smallHint')}>
      <TextField
        name="employees"
        label={t('parties.profile.employees')}
        hint={t('parties.profile.employeesHint')}
        optional={t('ui.optional')}
        inputmode="numeric"
        value={typed.employees}
        error={error('employees')}
        width="xs"
        maxlength={6}
      />
      <SelectField
        name="turnoverBand"
        label={t('parties.profile.turnover')}
        optional={t('ui.optional')}
        prompt={t('parties.profile.notTold')}
        options={turnoverBands.map((value) => ({ value, label: t(bandKeys[value]) }))}
        value={typed.turnoverBand}
        error={error('turnoverBand')}
        width="l"
      />
      <Radios
        name="ownership"
        label={t('parties.profile.ownership')}
        optional={t('ui.optional')}
        options={ownerships.map((value) => ({
          value,
          label: t(ownershipKeys[value][0]),
          hint: t(ownershipKeys[value][1]),
        }))}
        value={typed.ownership}
        error={error('ownership')}
      />
    </Fieldset>
  )
}

const autocompletes = {
  lines: 'street-address',
  district: 'address-level3',
  town: 'address-level2',
  region: 'address-level1',
  postcode: 'postal-code',
} as const

/** What a part is called where the country has its own word for it. */
const ownWords: Readonly<Record<string, Partial<Record<AddressPart, true>>>> = {
  CA: { region: true },
  CN: { region: true },
  IT: { region: true },
  TH: { region: true },
}

function ShipFrom({ language, business, typed, error }: SectionProps & { business: Business }) {
  const { t } = language
  const { required, optional, example } = addressFormat(business.country)
  const order: readonly AddressPart[] = ['lines', 'district', 'town', 'region', 'postcode']
  const labels = {
    lines: t('parties.address.lines'),
    district: t('parties.address.district'),
    town: t('parties.address.town'),
    region: ownWords[business.country]?.region
      ? t('parties.address.province')
      : t('parties.address.region'),
    postcode: t('parties.address.postcode'),
  }
  const parts = order.filter((part) => required.includes(part) || optional.includes(part))
  return (
    <div id="address">
      <Fieldset
        legend={t('parties.profile.shipFrom')}
        hint={t('parties.profile.shipFromHint', { country: language.country(business.country) })}
      >
        {parts.map((part) => {
          const common = {
            name: `address-${part}`,
            label: labels[part],
            optional: optional.includes(part) ? t('ui.optional') : undefined,
            value: typed.shipFrom[part],
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
      </Fieldset>
    </div>
  )
}
