/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Button } from './button.tsx'
import { Checkbox, Checkboxes, Fieldset, Radios } from './choices.tsx'
import {
  DateField,
  DecimalField,
  ErrorSummary,
  errorFor,
  FileField,
  SelectField,
  TextAreaField,
  TextField,
} from './forms.tsx'
import type { Language } from './language.ts'
import { Sample } from './style-guide-parts.tsx'

const errors = [
  { field: 'net-weight', message: 'Enter the net weight in kilograms, such as 1.25' },
  { field: 'origin', message: 'Choose the country of origin' },
  { field: 'incoterm', message: 'Choose who pays the freight' },
]

const countries = ['MY', 'CN', 'CA', 'SG'] as const

export function FormSamples({ language }: { language: Language }) {
  return (
    <Sample id="forms" title="Forms" tinted>
      <div class="grid wide loose">
        <PlainForm language={language} />
        <RefusedForm language={language} />
      </div>
      <h3>Buttons</h3>
      <div class="cluster">
        <Button>Pay CNY 241.00</Button>
        <Button kind="secondary">Save draft</Button>
        <Button kind="quiet">Cancel</Button>
        <Button kind="danger">Withdraw declaration</Button>
        <Button disabled>Released</Button>
      </div>
    </Sample>
  )
}

function PlainForm({ language }: { language: Language }) {
  const optional = language.t('ui.optional')
  return (
    <form class="stack" method="post" action="#forms">
      <Fieldset legend="What do you sell?" hint="Say it once; every paper is filled from it.">
        <TextField
          name="description"
          label="Description"
          hint="As a customs officer would say it"
        />
        <DecimalField name="price" label="Price" prefix="MYR" value="108.39" />
        <DecimalField name="gross-weight" label="Gross weight" suffix="kg" value="0.310" />
        <TextField name="gtin" label="GTIN" optional={optional} inputmode="numeric" width="s" />
        <DateField name="ready" label="Ready to ship" value="2026-11-09" />
        <SelectField
          name="material"
          label="Material"
          value="silk"
          options={[
            {
              group: 'Animal',
              options: [
                { value: 'silk', label: 'Silk' },
                { value: 'wool', label: 'Wool' },
              ],
            },
            { group: 'Plant', options: [{ value: 'cotton', label: 'Cotton' }] },
          ]}
        />
        <TextAreaField name="making" label="How is it made?" optional={optional} rows={3} />
        <FileField name="file" label="Product file" hint="CSV, up to 10,000 rows" accept=".csv" />
      </Fieldset>
      <Checkbox name="proof" label="I hold the proof of origin" hint="It lowers the duty" checked />
      <div class="cluster">
        <Button>Save</Button>
        <Button kind="quiet" href="#forms">
          Cancel
        </Button>
      </div>
    </form>
  )
}

function RefusedForm({ language }: { language: Language }) {
  return (
    <form class="stack" method="post" action="#forms" novalidate>
      <ErrorSummary errors={errors} language={language} focus={false} />
      <DecimalField
        name="net-weight"
        label="Net weight"
        hint="Without packing"
        suffix="kg"
        value="a little"
        error={errorFor(errors, 'net-weight')}
      />
      <SelectField
        name="origin"
        label="Country of origin"
        prompt="Choose a country"
        options={countries.map((iso2) => ({ value: iso2, label: language.country(iso2) }))}
        error={errorFor(errors, 'origin')}
      />
      <Radios
        name="incoterm"
        label="Who pays the freight?"
        error={errorFor(errors, 'incoterm')}
        options={[
          { value: 'DDP', label: 'The seller, and the duty too', hint: 'Incoterm DDP' },
          { value: 'DAP', label: 'The seller, but not the duty', hint: 'Incoterm DAP' },
        ]}
      />
      <Radios
        name="carrier"
        label="Carrier"
        cards
        value="post"
        options={[
          { value: 'post', label: 'Postal parcel, CNY 32.50', hint: '6 to 9 days, tracked' },
          { value: 'air', label: 'Express, CNY 118.00', hint: '2 to 3 days, tracked' },
        ]}
      />
      <Checkboxes
        name="papers"
        label="Papers at hand"
        values={['invoice']}
        options={[
          { value: 'invoice', label: 'Commercial invoice' },
          { value: 'packing', label: 'Packing list' },
          { value: 'health', label: 'Health certificate', disabled: true },
        ]}
      />
      <TextField name="mrn" label="Reference" value="26MY00041" disabled width="m" />
      <Button>Try again</Button>
    </form>
  )
}
