/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import type { Language, NavLink, Step } from '../../ui/index.ts'
import { Breadcrumb, Button, Facts, Notice, Tag, Timeline } from '../../ui/index.ts'
import type { Actor, StaffRole } from '../actor.ts'
import { addressLines } from '../address.ts'
import type { Business } from '../businesses.ts'
import type { ChecklistStep, StepId } from '../checklist.ts'
import { ConfirmNotice } from './confirm-notice.tsx'
import { Shell, type Reader } from './shell.tsx'

interface HomePageProps {
  reader: Reader
  actor: Actor
  business: Business
  role: StaffRole
  steps: readonly ChecklistStep[]
  links: readonly NavLink[]
  emailConfirmed: boolean
  mailbox: boolean
}

/** A business's home: what is to be done next, and the way to everything else. */
export function BusinessHomePage(props: HomePageProps) {
  const { reader, actor, business, role, steps, links, emailConfirmed, mailbox } = props
  const { language } = reader
  const { t } = language
  return (
    <Shell reader={reader} title={business.name} density="work">
      <Breadcrumb
        language={language}
        crumbs={[{ label: t('parties.account.title'), href: '/account' }]}
      />
      <div class="cluster">
        <h1>{business.name}</h1>
        <ScreeningTag language={language} business={business} />
      </div>
      {!emailConfirmed && <ConfirmNotice {...{ reader, mailbox }} email={actor.email} />}
      {business.screening === 'review' && (
        <Notice tone="warn">
          <p>{t('parties.screening.reviewText')}</p>
        </Notice>
      )}
      {business.screening === 'blocked' && (
        <Notice tone="bad">
          <p>{t('parties.screening.blockedText')}</p>
        </Notice>
      )}
      <div class="split">
        <Checklist {...{ language, business, role, steps }} />
        <BusinessLinks {...{ language, business, role, links }} />
      </div>
    </Shell>
  )
}

function ScreeningTag({ language, business }: { language: Language; business: Business }) {
  const { t } = language
  if (business.screening === 'clear') return <Tag tone="ok">{t('parties.screening.clear')}</Tag>
  if (business.screening === 'review') return <Tag tone="warn">{t('parties.screening.review')}</Tag>
  if (business.screening === 'blocked')
    return <Tag tone="bad">{t('parties.screening.blocked')}</Tag>
  return <Tag>{t('parties.screening.unscreened')}</Tag>
}

const stepKeys = {
  identity: ['parties.step.identity', 'parties.step.identityText'],
  'first-product': ['parties.step.product', 'parties.step.productText'],
  'hs-code': ['parties.step.code', 'parties.step.codeText'],
  'prices-markets': ['parties.step.markets', 'parties.step.marketsText'],
  shipping: ['parties.step.shipping', 'parties.step.shippingText'],
  payout: ['parties.step.payout', 'parties.step.payoutText'],
  'test-order': ['parties.step.testOrder', 'parties.step.testOrderText'],
  publish: ['parties.step.publish', 'parties.step.publishText'],
} as const satisfies Readonly<Record<StepId, readonly [string, string]>>

interface ChecklistProps {
  language: Language
  business: Business
  role: StaffRole
  steps: readonly ChecklistStep[]
}

function Checklist({ language, business, role, steps }: ChecklistProps) {
  const { t } = language
  const done = steps.filter(({ state }) => state === 'done' || state === 'skipped')
  return (
    <section class="stack tight" aria-labelledby="checklist">
      <h2 id="checklist">{t('parties.checklist.title')}</h2>
      <p class="muted">
        {t('parties.checklist.progress', { done: done.length, all: steps.length })}
      </p>
      <Timeline
        language={language}
        steps={steps.map((step) => timelineStep(language, business, role, step))}
      />
    </section>
  )
}

function timelineStep(
  language: Language,
  business: Business,
  role: StaffRole,
  step: ChecklistStep,
): Step {
  const { t } = language
  const [title, text] = stepKeys[step.id]
  const states = { done: 'done', current: 'current' } as const
  const state = step.state === 'done' || step.state === 'current' ? states[step.state] : 'upcoming'
  const action = `/business/${business.id}/setup`
  const skip = step.state === 'skipped'
  return {
    title: (
      <>
        <a href={step.href}>{t(title)}</a> {skip && <Tag>{t('parties.checklist.skipped')}</Tag>}
      </>
    ),
    state,
    detail: step.state !== 'done' && (
      <div class="cluster between">
        <span class="muted">{t(text)}</span>
        {role === 'owner' && (
          <form method="post" action={action}>
            <input type="hidden" name="skipped" value={skip ? 'no' : 'yes'} />
            <Button kind="quiet" name="step" value={step.id}>
              {t(skip ? 'parties.checklist.resume' : 'parties.checklist.skip')}
              <span class="hidden">: {t(title)}</span>
            </Button>
          </form>
        )}
      </div>
    ),
  }
}

interface BusinessLinksProps {
  language: Language
  business: Business
  role: StaffRole
  links: readonly NavLink[]
}

function BusinessLinks({ language, business, role, links }: BusinessLinksProps) {
  const { t } = language
  const { id, slug, shipFrom } = business
  const own: readonly NavLink[] = [
    { href: `/business/${id}/profile`, label: t('parties.profile.title') },
    { href: `/business/${id}/staff`, label: t('parties.staff.title') },
    { href: `/business/${id}/keys`, label: t('parties.keys.title') },
  ]
  return (
    <section class="stack tight">
      <h2>{t('parties.business.about')}</h2>
      <Facts
        facts={[
          { term: t('parties.business.country'), detail: language.country(business.country) },
          {
            term: t('parties.business.shop'),
            detail: <a href={`/shop/${slug}`}>{`/shop/${slug}`}</a>,
          },
          {
            term: t('parties.profile.shipFrom'),
            detail: shipFrom ? addressLines(shipFrom).join(', ') : t('parties.business.notTold'),
          },
        ]}
      />
      <div class="cluster">
        {[...links, ...(role === 'owner' ? own : [])].map(({ href, label }) => (
          <Button kind="secondary" href={href}>
            {label}
          </Button>
        ))}
      </div>
    </section>
  )
}
