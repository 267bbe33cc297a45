/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  errorFor,
  FileField,
  Notice,
  TextAreaField,
  type FieldError,
  type Language,
  type Reader,
} from '../../ui/index.ts'
import { hearingRoles, mostPictures, type SaidStatement } from '../life/disputes.ts'
import { saidFault, type Role } from '../order.ts'
import { roleWord } from '../words.ts'
import { timeText } from './local-time.ts'
import type { OrderView } from './order-view.ts'

type DisputeProps = {
  reader: Reader
  view: OrderView
  role: Role
  base: string
  errors: readonly FieldError[]
  /** What was said and not taken. */
  words: string
  keyFor: (what: string) => string
  /** Whose time is told. */
  country: string | undefined
}

/** What both sides say, for the operator to decide by; nobody else reads it. */
export function Dispute(props: DisputeProps) {
  const { view, role, base, errors, words, reader } = props
  const { language } = reader
  const { t } = language
  const { order, moves } = view
  const statements = [...complaintsOf(moves), ...view.statements].toSorted((a, b) => a.at - b.at)
  const isOpen = order.state === 'disputed'
  if (!hearingRoles.includes(role) || (!isOpen && statements.length === 0)) return null
  const shown = view.statements.filter((each) => each.role === role && each.picture).length
  return (
    <section class="stack" aria-labelledby="dispute">
      <h2 id="dispute">{t('orders.dispute.title')}</h2>
      {isOpen && (
        <Notice tone="warn">
          <p>
            {t(
              saidFault(order) === undefined ? 'orders.dispute.lead' : 'orders.dispute.leadReturn',
            )}
          </p>
        </Notice>
      )}
      <Statements {...{ statements, language, base }} country={props.country} />
      {isOpen && (
        <form
          class="stack"
          method="post"
          action={`${base}/statements`}
          enctype="multipart/form-data"
        >
          <input type="hidden" name="key" value={props.keyFor('say')} />
          <TextAreaField
            name="words"
            label={t('orders.dispute.say')}
            hint={t('orders.dispute.sayHint')}
            value={words}
            error={errorFor(errors, 'words')}
          />
          {shown < mostPictures && (
            <FileField
              name="picture"
              label={t('orders.dispute.picture')}
              hint={t('orders.dispute.pictureHint', { left: mostPictures - shown })}
              error={errorFor(errors, 'picture')}
              optional={t('ui.optional')}
              accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
            />
          )}
          <div>
            <Button kind="secondary">{t('orders.dispute.send')}</Button>
          </div>
        </form>
      )}
    </section>
  )
}

type Said = Pick<SaidStatement, 'id' | 'role' | 'at' | 'words' | 'picture'>

/** What a dispute is about: the reason that was given when it began. */
const complaintsOf = (moves: OrderView['moves']): Said[] =>
  moves.flatMap(({ number, after, role, at, facts: { reason } }) =>
    after === 'disputed' && typeof reason === 'string'
      ? [{ id: `${number}`, role, at, words: reason }]
      : [],
  )

function Statements({
  statements,
  language,
  base,
  country,
}: {
  statements: readonly Said[]
  language: Language
  base: string
  country: string | undefined
}) {
  return (
    <ul class="plain stack">
      {statements.map(({ id, role, at, words, picture }) => (
        <li class="card stack tight">
          <p class="muted small">
            {roleWord(language, role)} ·{' '}
            <time datetime={new Date(at).toISOString()}>{timeText(language, at, country)}</time>
          </p>
          <p dir="auto">{words}</p>
          {picture && (
            <a href={`${base}/statements/${id}/picture`}>
              <img
                class="evidence"
                src={`${base}/statements/${id}/picture`}
                alt={language.t('orders.dispute.pictureOf', { role: roleWord(language, role) })}
                {...picture}
                loading="lazy"
              />
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
