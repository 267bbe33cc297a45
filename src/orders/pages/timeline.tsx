/** @jsxRuntime automatic @jsxImportSource hono/jsx */
import { Timeline, type Language, type MessageKey, type Step } from '../../ui/index.ts'
import type { MadeMove } from '../find-orders.ts'
import type { Fault, MoveName, Order, OrderState, Role } from '../order.ts'
import { doneWord, moneyText, roleWord, stateWord } from '../words.ts'
import { timeTeller } from './local-time.ts'

type OrderTimelineProps = {
  order: Order
  moves: readonly MadeMove[]
  language: Language
  /** Whose time is told; undefined: that of UTC. */
  country: string | undefined
  /** Who did it, as this reader may know them; without it, only the role is told. */
  nameOf?: ((move: Pick<MadeMove, 'role' | 'actor'>) => string | undefined) | undefined
  /** Leaves out what only the two sides may read: reasons and names. */
  isPublic?: boolean
}

/** As many of the last moves are told one by one. */
const mostTold = 50

/** What happened to an order, by whom and when, and what is still to come. */
export function OrderTimeline(props: OrderTimelineProps) {
  const { order, moves, language, country, nameOf, isPublic } = props
  const { t } = language
  const tell = timeTeller(language, country)
  const time = (at: number) => ({ iso: new Date(at).toISOString(), text: tell(at) })
  const told = moves.slice(-mostTold)
  const upcoming = upcomingOf(order.state)
  const isOpen = upcoming.length > 0
  const made = told.map((move, index): Step => ({
    title: doneWord(language, move),
    state: wentWrong.has(move.move)
      ? 'failed'
      : isOpen && index === told.length - 1
        ? 'current'
        : 'done',
    time: time(move.at),
    detail: (
      <>
        <p>{whoWords(move, language, nameOf?.(move))}</p>
        {!isPublic && typeof move.facts['reason'] === 'string' && (
          <p>{t('orders.reasonWas', { reason: move.facts['reason'] })}</p>
        )}
        {!isPublic && isFault(move.facts['fault']) && (
          <p>
            {t('orders.field.fault')} {t(`orders.fault.${move.facts['fault']}`)}
          </p>
        )}
        {!isPublic && typeof move.facts['refund'] === 'string' && (
          <p>
            {t('orders.legs.back')}{' '}
            {moneyText(language, BigInt(move.facts['refund']), order.currency)}
          </p>
        )}
        {typeof move.facts['consignment'] === 'string' && (
          <p>{t('orders.consignmentIs', { number: move.facts['consignment'] })}</p>
        )}
      </>
    ),
  }))
  const placing = { role: 'buyer', actor: order.buyer.id } as const
  const placed: Step = {
    title: t(begun(order)),
    state: isOpen && moves.length === 0 ? 'current' : 'done',
    time: time(order.placedAt),
    detail: <p>{whoWords(placing, language, nameOf?.(placing))}</p>,
  }
  const untold = moves.length - told.length
  const between: readonly Step[] =
    untold > 0 ? [{ title: t('orders.done.untold', { count: untold }), state: 'done' }] : []
  const coming = upcoming.map((state, index): Step => ({
    title: stateWord(language, state),
    state: 'upcoming',
    detail: index === 0 && order.due && <p>{dueWords(order.due, language, tell)}</p>,
  }))
  return <Timeline language={language} steps={[placed, ...between, ...made, ...coming]} />
}

const begun = ({ homeHub, buyer, hold }: Order): MessageKey =>
  buyer.hub !== homeHub
    ? 'orders.done.putAside'
    : hold === undefined
      ? 'orders.done.place'
      : 'orders.done.request'

const isFault = (said: unknown): said is Fault =>
  said === 'seller' || said === 'buyer' || said === 'carrier'

const wentWrong = new Set<MoveName>([
  'expire',
  'decline',
  'give-up',
  'lapse',
  'cancel',
  'withdraw',
  'refuse',
  'lose',
  'return',
  'dispute',
])

const whoWords = (
  { role, actor }: Pick<MadeMove, 'role' | 'actor'>,
  language: Language,
  name: string | undefined,
): string => {
  const by: Role = actor === undefined ? 'hub' : role
  const word = roleWord(language, by)
  return name === undefined ? word : language.t('ui.pair', { name: word, value: name })
}

const way: readonly OrderState[] = [
  'requested',
  'placed',
  'accepted',
  'packed',
  'handed-over',
  'released',
  'delivered',
  'closed',
]

/** The states that an order goes through from here if all goes well; none once it has ended. */
export function upcomingOf(state: OrderState): readonly OrderState[] {
  if (state === 'disputed') return ['closed']
  if (state === 'confirming' || state === 'reserved') return way.slice(1)
  const at = way.indexOf(state === 'at-border' ? 'handed-over' : state)
  return at < 0 ? [] : way.slice(at + 1)
}

const dues: Partial<Record<MoveName, MessageKey>> = {
  cancel: 'orders.due.cancel',
  lose: 'orders.due.lose',
  close: 'orders.due.close',
  expire: 'orders.due.expire',
  'give-up': 'orders.due.giveUp',
  lapse: 'orders.due.lapse',
  settle: 'orders.due.settle',
}

/** What happens by itself, and when. */
function dueWords(
  { at, move }: NonNullable<Order['due']>,
  language: Language,
  tell: (at: number) => string,
): string {
  const key = dues[move]
  return key ? language.t(key, { time: tell(at) }) : tell(at)
}
