/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Context } from 'hono'
import { isRefused } from '../../basis/refusal.ts'
import { isUuid } from '../../basis/uuid.ts'
import type { Classification } from '../../nomenclature/index.ts'
import { signedInActor, type Business } from '../../parties/index.ts'
import { transact } from '../../db/index.ts'
import { locales, type FieldError, type Language } from '../../ui/index.ts'
import { checkDraft } from '../check-draft.ts'
import { findOffer } from '../find-offers.ts'
import { readinessOf } from '../judge-offers.ts'
import { countOffers, cursorOf, listOffers, offerFilters } from '../list-offers.ts'
import type { Offer, OfferDraft, OfferStatus } from '../offer.ts'
import { businessOf, judgeOf, sellerOf, type CatalogueParts } from '../parts.ts'
import type { Readiness } from '../readiness.ts'
import { saveOffers, type SaveOutcome } from '../save-offers.ts'
import { GoodsPage } from './goods-page.tsx'
import { OfferPage, type OfferPageProps } from './offer-page.tsx'
import {
  draftOf,
  emptyForm,
  fieldOf,
  formOfBody,
  formOfOffer,
  type OfferForm,
} from './read-offer-form.ts'
import { offerHref, readerOf, type Reader } from './shell.tsx'
import { faultWords, missingWords } from './words.ts'
import { formOf } from '../read-form.ts'

const rowsOfPage = 50

/** GET /business/:business/goods */
export async function showGoods(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const owner = { homeHub: business.homeHub, businessId: business.id }
  const query = reader.url.searchParams
  const ask = {
    status: (['draft', 'published', 'withdrawn'] as const).find(
      (each) => each === query.get('status'),
    ),
    lacking: offerFilters.find((each) => each === query.get('lacking')),
    words: (query.get('q') ?? '').slice(0, 100),
    after: query.get('after') ?? undefined,
  }
  const [counts, { rows, more }] = await Promise.all([
    countOffers(parts.db.kysely, owner),
    listOffers(parts.db.kysely, owner, reader.language.locale, { ...ask, limit: rowsOfPage }),
  ])
  const last = rows.at(-1)
  const next = more && last ? cursorOf(last) : undefined
  return c.html(
    <GoodsPage
      reader={reader}
      business={business}
      ask={ask}
      rows={rows}
      counts={counts}
      next={next}
    />,
  )
}

/** GET /business/:business/goods/new */
export async function showNewOffer(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const currency = currencyOf(business.country, parts)
  const form = emptyForm({
    'main-locale': reader.language.locale,
    currency,
    origin: business.country,
    'stock-1': '1',
  })
  return c.html(offerPage(parts, { reader, business, form, errors: [] }))
}

/** The currency in which a business of this country prices unless it says otherwise. */
function currencyOf(country: string, { tariff, today }: CatalogueParts): string {
  try {
    return tariff().on(country, today()).currency
  } catch {
    return 'USD'
  }
}

/** GET /business/:business/goods/:offer */
export async function showOffer(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const readiness = await readinessOf(judgeOf(parts), offer, sellerOf(business))
  const said = saidOf(reader, readiness)
  return c.html(
    offerPage(parts, {
      reader,
      business,
      offer,
      readiness,
      form: formOfOffer(offer),
      errors: [],
      said,
    }),
  )
}

export async function offerOf(
  c: Context,
  parts: CatalogueParts,
  business: Business,
): Promise<Offer | undefined> {
  const offerId = c.req.param('offer') ?? ''
  if (!isUuid(offerId)) return undefined
  return findOffer(parts.db.kysely, { homeHub: business.homeHub, businessId: business.id, offerId })
}

/** What the redirect after a deed says. */
function saidOf(
  { url, language }: Reader,
  { needs, destinations }: Readiness,
): OfferPageProps['said'] {
  const { t } = language
  const ready = destinations.filter(({ state }) => state === 'ready').length
  switch (url.searchParams.get('done')) {
    case 'saved':
      return { tone: 'ok', title: t('catalogue.done.saved') }
    case 'published':
      return { tone: 'ok', title: t('catalogue.done.published', { ready }) }
    case 'withdrawn':
      return { tone: 'ok', title: t('catalogue.done.withdrawn') }
    case 'unready':
      return {
        tone: 'warn',
        title: t('catalogue.done.unready'),
        lines:
          needs.length > 0
            ? needs.map((need) => missingWords(language, need))
            : [t('catalogue.state.nowhere')],
      }
    case 'taken-down':
      return { tone: 'warn', title: t('catalogue.done.takenDown') }
    default:
      return undefined
  }
}

/** POST /business/:business/goods and /business/:business/goods/:offer: saves, or shows the form again. */
export async function saveOfferForm(c: Context, parts: CatalogueParts): Promise<Response> {
  const reader = readerOf(c)
  const business = await businessOf(parts, c)
  const wanted = c.req.param('offer')
  const offer = wanted === undefined ? undefined : await offerOf(c, parts, business)
  if (wanted !== undefined && !offer) return c.notFound() as Response
  const form = formOfBody(await formOf(c))
  const again = async (
    change: Partial<OfferForm>,
    errors: readonly FieldError[],
    status: 200 | 422,
  ) => {
    const readiness = offer && (await readinessOf(judgeOf(parts), offer, sellerOf(business)))
    const page = { reader, business, offer, readiness, form: { ...form, ...change }, errors }
    return c.html(offerPage(parts, page), status)
  }
  if (form.fields['more'] === 'variant') return again({ rows: form.rows + 1 }, [], 200)
  if ('classify-turn' in form.fields || 'classify-undo' in form.fields) return again({}, [], 200)
  const turn = turnOf(form, parts, reader.language)
  const confidence = turn?.rivals.find(({ code }) => code === form.control.code)?.confidence
  const draft = draftOf(form, locales, confidence)
  const { faults } = checkDraft(draft, { currency: offer?.currency, knowsCode: parts.knowsCode })
  if (faults.length > 0) return again({}, errorsOf(faults, draft, form, reader.language), 422)
  const outcome = await save(c, parts, business, { offer, draft, version: form.fields['version'] })
  if (isRefused(outcome)) {
    const at = typeof outcome.facts['at'] === 'string' ? outcome.facts['at'] : 'texts[0].title'
    const fault = { at, code: outcome.refused } as Parameters<typeof fieldOf>[0]
    return again(
      {},
      [
        {
          field: fieldOf(fault, draft, form),
          message: faultWords(reader.language, outcome.refused),
        },
      ],
      422,
    )
  }
  const tookDown = offer?.status === 'published' && outcome.status !== 'published'
  return c.redirect(
    `${offerHref({ businessId: business.id, offerId: outcome.offerId })}?done=${tookDown ? 'taken-down' : 'saved'}`,
    303,
  )
}

function errorsOf(
  faults: ReturnType<typeof checkDraft>['faults'],
  draft: OfferDraft,
  form: OfferForm,
  language: Language,
): FieldError[] {
  const errors = new Map<string, string>()
  for (const fault of faults) {
    const field = fieldOf(fault, draft, form)
    if (!errors.has(field)) errors.set(field, faultWords(language, fault.code))
  }
  return [...errors].map(([field, message]) => ({ field, message }))
}

type Saving = { offer: Offer | undefined; draft: OfferDraft; version?: string | undefined }

async function save(
  c: Context,
  parts: CatalogueParts,
  business: Business,
  { offer, draft, version }: Saving,
): Promise<SaveOutcome> {
  const [outcome] = await transact(parts.db, (tx) =>
    saveOffers(
      tx,
      [
        {
          homeHub: business.homeHub,
          businessId: business.id,
          actor: signedInActor(c).personId,
          draft: offer ? { ...draft, offerId: offer.offerId } : draft,
          ...(version && /^\d{1,18}$/.test(version) ? { version: BigInt(version) } : {}),
        },
      ],
      savePartsOf(parts),
    ),
  )
  return outcome as SaveOutcome
}

export const savePartsOf = (parts: CatalogueParts): Parameters<typeof saveOffers>[2] => ({
  now: parts.now(),
  random: parts.random,
  knowsCode: parts.knowsCode,
  judge: parts.judge(),
})

/** POST .../publication and .../withdrawal */
export async function changeStatus(
  c: Context,
  parts: CatalogueParts,
  status: OfferStatus,
): Promise<Response> {
  const business = await businessOf(parts, c)
  const offer = await offerOf(c, parts, business)
  if (!offer) return c.notFound() as Response
  const outcome = await save(c, parts, business, { offer, draft: { status } })
  const done = isRefused(outcome) || outcome.status !== status ? 'unready' : status
  return c.redirect(`${offerHref(offer)}?done=${done}#main`, 303)
}

type PageOf = Omit<OfferPageProps, 'locales' | 'turn' | 'codeName' | 'asked' | 'pictures'>

/** The page with what the form does not know by itself: the turn of the control, the name of the code, what is asked. */
function offerPage(parts: CatalogueParts, page: PageOf) {
  const { language } = page.reader
  const code = page.form.fields['subheading']?.replaceAll(/\D/g, '') ?? ''
  const needs = page.readiness?.destinations.flatMap((each) => each.needs) ?? []
  const asked = {
    measures: needs.flatMap(({ code: need, facts }) =>
      need === 'measure' ? [String(facts['key'])] : [],
    ),
    facts: needs.flatMap(({ code: need, facts }) =>
      need === 'fact' ? [String(facts['fact'])] : [],
    ),
  }
  return (
    <OfferPage
      {...page}
      locales={locales}
      turn={turnOf(page.form, parts, language)}
      codeName={parts.nameOf?.(code, language.locale)}
      asked={asked}
      pictures={page.offer?.pictures ?? []}
    />
  )
}

function turnOf(
  { control }: OfferForm,
  { classify }: CatalogueParts,
  { locale }: Language,
): Classification | undefined {
  return control.text === ''
    ? undefined
    : classify?.(control.text, { locale, answers: control.answers })
}
