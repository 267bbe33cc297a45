// Words of orders in the reader's language: what a state is called, what a move did, why something cannot be done.
import type en from '../../messages/en/orders.json'
import { formatMinor } from '../basis/money.ts'
import type { Refused } from '../basis/refusal.ts'
import type { EscrowLeg } from '../ledger/index.ts'
import type { Language, MessageKey } from '../ui/index.ts'
import type { MoveName, OrderState, Role } from './order.ts'

declare module '../ui/messages.ts' {
  interface Catalogue {
    orders: keyof typeof en
  }
}

export const moneyText = (language: Language, minor: bigint, currency: string): string =>
  language.money(formatMinor(minor, currency), currency)

const states = {
  requested: 'orders.state.requested',
  confirming: 'orders.state.confirming',
  reserved: 'orders.state.reserved',
  placed: 'orders.state.placed',
  accepted: 'orders.state.accepted',
  packed: 'orders.state.packed',
  'handed-over': 'orders.state.handedOver',
  'at-border': 'orders.state.atBorder',
  released: 'orders.state.released',
  delivered: 'orders.state.delivered',
  closed: 'orders.state.closed',
  cancelled: 'orders.state.cancelled',
  refused: 'orders.state.refused',
  returned: 'orders.state.returned',
  lost: 'orders.state.lost',
  disputed: 'orders.state.disputed',
} as const satisfies Readonly<Record<OrderState, MessageKey>>

export const stateWord = ({ t }: Language, state: OrderState): string => t(states[state])

const done = {
  confirm: 'orders.done.confirm',
  acknowledge: 'orders.done.acknowledge',
  decline: 'orders.done.decline',
  'give-up': 'orders.done.giveUp',
  commit: 'orders.done.commit',
  lapse: 'orders.done.lapse',
  expire: 'orders.done.expire',
  accept: 'orders.done.accept',
  pack: 'orders.done.pack',
  'hand-over': 'orders.done.handOver',
  cancel: 'orders.done.cancel',
  withdraw: 'orders.done.withdraw',
  arrive: 'orders.done.arrive',
  release: 'orders.done.release',
  refuse: 'orders.done.refuse',
  deliver: 'orders.done.deliver',
  lose: 'orders.done.lose',
  close: 'orders.done.close',
  return: 'orders.done.return',
  dispute: 'orders.done.dispute',
  settle: 'orders.done.settle',
  drop: 'orders.done.drop',
  agree: 'orders.done.agree',
  refund: 'orders.done.refund',
} as const satisfies Readonly<Record<MoveName, MessageKey>>

/** What a move that was made did; goods that came back by another's fault did so as the seller says. */
export const doneWord = (
  { t }: Language,
  { move, after }: { readonly move: MoveName; readonly after: OrderState },
): string => t(move === 'return' && after === 'disputed' ? 'orders.done.returnSaid' : done[move])

const todo = {
  expire: 'orders.todo.expire',
  accept: 'orders.todo.accept',
  pack: 'orders.todo.pack',
  'hand-over': 'orders.todo.handOver',
  cancel: 'orders.todo.cancel',
  withdraw: 'orders.todo.withdraw',
  arrive: 'orders.todo.arrive',
  release: 'orders.todo.release',
  refuse: 'orders.todo.refuse',
  deliver: 'orders.todo.deliver',
  lose: 'orders.todo.lose',
  close: 'orders.todo.close',
  return: 'orders.todo.return',
  dispute: 'orders.todo.dispute',
  settle: 'orders.todo.settle',
  drop: 'orders.todo.drop',
  agree: 'orders.todo.agree',
  refund: 'orders.todo.refund',
} as const satisfies Readonly<Record<Exclude<MoveName, BetweenHubs>, MessageKey>>

/** Hubs make these, and nobody else. */
type BetweenHubs = 'confirm' | 'acknowledge' | 'decline' | 'give-up' | 'commit' | 'lapse'

/** What the button of a move says; the buyer and the hub say some moves in their own words. */
export function todoWord({ t }: Language, move: MoveName, role: Role): string {
  if (move === 'deliver' && role === 'buyer') return t('orders.todo.received')
  return t(todo[move as keyof typeof todo])
}

const roles = {
  buyer: 'orders.role.buyer',
  seller: 'orders.role.seller',
  carrier: 'orders.role.carrier',
  customs: 'orders.role.customs',
  operator: 'orders.role.operator',
  hub: 'orders.role.hub',
  peer: 'orders.role.peer',
} as const satisfies Readonly<Record<Role, MessageKey>>

export const roleWord = ({ t }: Language, role: Role): string => t(roles[role])

const legs = {
  goods: 'orders.leg.goods',
  freight: 'orders.leg.freight',
  insurance: 'orders.leg.insurance',
  duty: 'orders.leg.duty',
  tax: 'orders.leg.tax',
  fee: 'orders.leg.fee',
} as const satisfies Readonly<Record<EscrowLeg, MessageKey>>

export const legWord = ({ t }: Language, leg: EscrowLeg): string => t(legs[leg])

/** Why goods have no price there, by the status of the price at the door. */
const noPrices: Readonly<Record<string, MessageKey>> = {
  'needs-facts': 'shops.price.needsFacts',
  'cannot-decide': 'shops.price.cannotDecide',
  incomplete: 'shops.price.incomplete',
  'no-lane': 'shops.price.noLane',
  'no-border': 'shops.price.noLane',
  prohibited: 'shops.price.prohibited',
  'no-law': 'shops.price.noLaw',
  'no-rate': 'shops.price.noRate',
}

const refusals: Readonly<Record<string, MessageKey>> = {
  'offer-gone': 'orders.error.offerGone',
  'variant-gone': 'orders.error.offerGone',
  'quantity-not-allowed': 'orders.error.quantity',
  'basket-full': 'orders.error.basketFull',
  'seller-blocked': 'orders.error.sellerBlocked',
  'buyer-blocked': 'orders.error.buyerBlocked',
  'not-sold-there': 'shops.price.closed',
  'out-of-stock': 'orders.error.outOfStock',
  'too-many-quotes': 'orders.error.tooManyQuotes',
  'too-many-baskets': 'orders.error.tooManyBaskets',
  'quote-expired': 'orders.error.quoteExpired',
  'quote-differs': 'orders.error.quoteDiffers',
  'quote-used': 'orders.error.quoteUsed',
  'quote-unknown': 'orders.error.quoteDiffers',
  'not-enough-money': 'orders.error.notEnough',
  'over-limit': 'payments.error.overLimit',
  'limit-no-rate': 'payments.error.limitNoRate',
  'allowance-exceeded': 'orders.error.allowance',
  elsewhere: 'orders.error.elsewhere',
  'nothing-to-order': 'orders.error.nothing',
  'purse-unknown': 'orders.error.purse',
  'own-goods': 'orders.error.ownGoods',
  'own-order': 'orders.error.ownOrder',
  'owners-only': 'orders.error.ownersOnly',
  blocked: 'orders.error.blocked',
  'other-hub-silent': 'orders.error.otherHubSilent',
  'decided-elsewhere': 'orders.error.decidedElsewhere',
  'party-blocked': 'orders.error.partyBlocked',
  'fault-not-lawful': 'orders.error.faultNotLawful',
  'too-many-refunds': 'orders.error.tooManyRefunds',
  'refund-too-small': 'orders.error.refundTooSmall',
  'too-many-statements': 'orders.error.tooManyStatements',
  'too-many-pictures': 'orders.error.tooManyPictures',
  'picture-empty': 'catalogue.picture.pictureEmpty',
  'picture-too-large': 'catalogue.picture.pictureTooLarge',
  'picture-unknown-kind': 'catalogue.picture.pictureUnknownKind',
  'picture-holds-more': 'catalogue.picture.pictureHoldsMore',
  'picture-too-many-pixels': 'catalogue.picture.pictureTooManyPixels',
  'picture-too-small': 'catalogue.picture.pictureTooSmall',
  'picture-broken': 'catalogue.picture.pictureBroken',
  'move-not-lawful': 'orders.error.moveNotLawful',
  'role-not-lawful': 'orders.error.moveNotLawful',
  'fault-missing': 'orders.error.faultMissing',
  'refund-missing': 'orders.error.refundMissing',
  'refund-not-valid': 'orders.error.refundNotValid',
  'not-disputed': 'orders.error.moveNotLawful',
  'words-missing': 'orders.error.wordsMissing',
  'words-too-long': 'orders.error.wordsTooLong',
  'reason-missing': 'orders.error.reasonMissing',
  busy: 'orders.error.busy',
}

export type RefusalContext = {
  /** Where the goods go. */
  readonly destination?: string | undefined
  /** What the goods are called that it is about. */
  readonly goods?: string | undefined
}

/** A refusal as a sentence that says what to do. Amounts among its facts are told with the currency beside them. */
export function refusalSentence(
  language: Language,
  { refused, facts }: Refused,
  { destination, goods = '' }: RefusalContext = {},
): string {
  const key = refused === 'no-price' ? noPrices[String(facts['status'])] : refusals[refused]
  const values: Record<string, string | number> = { goods, code: refused }
  for (const [name, value] of Object.entries(facts))
    values[name] = typeof value === 'number' ? value : String(value)
  if (destination !== undefined) values['country'] = language.country(destination)
  for (const name of ['missing', 'left', 'least', 'limit'])
    if (typeof facts['currency'] === 'string' && typeof facts[name] === 'string')
      values[name] = moneyText(language, BigInt(facts[name]), facts['currency'])
  if (typeof facts['wait'] === 'number') values['minutes'] = Math.ceil(facts['wait'] / 60)
  return language.t(key ?? 'orders.error.refused', values)
}
