/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import {
  Button,
  DecimalField,
  Disclosure,
  errorFor,
  Radios,
  TextAreaField,
  TextField,
  type FieldError,
  type Language,
} from '../../ui/index.ts'
import { movesOf, type Fault, type MoveName, type Order, type Role } from '../order.ts'
import { todoWord } from '../words.ts'

export type TypedMove = {
  readonly move: string
  readonly reason: string
  readonly consignment: string
  readonly fault: string
  readonly refund: string
}

export const noTyping: TypedMove = { move: '', reason: '', consignment: '', fault: '', refund: '' }

export type MoveFormsProps = {
  order: Order
  role: Role
  /** Where the forms go. */
  action: string
  /** Of what the role may do, what this reader may. */
  mayMake: (move: MoveName) => boolean
  /** A key for each move, so that it is made once however often its form is sent. */
  keyFor: (move: MoveName) => string
  errors: readonly FieldError[]
  typed: TypedMove
  language: Language
}

const needsReason = new Set<MoveName>([
  ...(['cancel', 'refuse', 'dispute', 'return', 'settle', 'refund'] as const),
])
const needsFault = new Set<MoveName>(['refuse', 'return', 'settle', 'lose'])
/** What ends well comes first; what is done with a heavy hand opens on demand. */
const heavy = new Set<MoveName>([
  ...needsReason,
  ...(['withdraw', 'expire', 'lose', 'drop'] as const),
])

/** Everything that somebody can do with an order now, each with a form of its own. */
export function MoveForms(props: MoveFormsProps) {
  const possible = movesOf(props.order, props.role).filter(props.mayMake)
  const light = possible.filter((move) => !heavy.has(move))
  const others = possible.filter((move) => heavy.has(move))
  return (
    <>
      {light.map((move, index) => (
        <MoveForm {...props} move={move} isFirst={index === 0} />
      ))}
      {others.map((move) => (
        <Disclosure
          summary={todoWord(props.language, move, props.role)}
          open={props.typed.move === move && props.errors.length > 0}
        >
          <MoveForm {...props} move={move} isFirst={false} />
        </Disclosure>
      ))}
    </>
  )
}

function MoveForm(props: MoveFormsProps & { move: MoveName; isFirst: boolean }) {
  const { order, role, action, keyFor, errors, typed, language, move, isFirst } = props
  const { t } = language
  const isSent = typed.move === move
  const field = (name: keyof TypedMove) => ({
    name: `${move}-${name}`,
    value: isSent ? typed[name] : '',
    error: isSent ? errorFor(errors, `${move}-${name}`) : undefined,
  })
  const faults: readonly Fault[] = ['seller', 'buyer', 'carrier']
  return (
    <form class="stack" method="post" action={action}>
      <input type="hidden" name="move" value={move} />
      <input type="hidden" name="key" value={keyFor(move)} />
      {move === 'hand-over' && (
        <TextField
          {...field('consignment')}
          label={t('orders.field.consignment')}
          hint={t('orders.field.consignmentHint')}
          optional={t('ui.optional')}
          width="m"
          maxlength={40}
          autocomplete="off"
        />
      )}
      {needsReason.has(move) && (
        <TextAreaField
          {...field('reason')}
          label={t('orders.field.reason')}
          hint={t('orders.field.reasonHint')}
          rows={3}
        />
      )}
      {needsFault.has(move) && !(move === 'lose' && role === 'carrier') && (
        <Radios
          {...field('fault')}
          label={t('orders.field.fault')}
          hint={move === 'return' && role === 'seller' ? t('orders.field.faultHint') : undefined}
          options={faults.map((value) => ({ value, label: t(`orders.fault.${value}`) }))}
        />
      )}
      {move === 'drop' && <p>{t('orders.todo.dropHint')}</p>}
      {asksAmount(move) && (
        <DecimalField
          {...field('refund')}
          label={t('orders.field.refund')}
          hint={t('orders.field.refundHint')}
          suffix={order.currency}
        />
      )}
      <div>
        <Button kind={isFirst ? 'primary' : heavy.has(move) ? 'danger' : 'secondary'}>
          {todoWord(language, move, role)}
        </Button>
      </div>
    </form>
  )
}

/** Moves that say how much the buyer gets back. */
export const asksAmount = (move: MoveName): boolean => move === 'settle' || move === 'refund'
export const asksReason = (move: MoveName): boolean => needsReason.has(move)
