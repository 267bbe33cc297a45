import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EscrowLeg } from '../../ledger/index.ts'
import type { Fault } from '../order.ts'
import {
  splitLegs,
  type Ending,
  type Incoterm,
  type Outcome,
  type Split,
  type SplitLeg,
} from './split-legs.ts'

// Chen pays 109.00 yuan for a scarf of Amina's: goods 100.00 (64.00 ringgit for her), freight 3.00, insurance 0.50, duty
// 2.00, tax 3.00, fee 0.50. How far its journey went decides what is still in escrow.
type Stage = 'on its way' | 'released' | 'delivered'

const chenPays: Readonly<Record<EscrowLeg, bigint>> = {
  ...{ goods: 10_000n, freight: 300n, insurance: 50n },
  ...{ duty: 200n, tax: 300n, fee: 50n },
}
const total = 10_900n
const borderLegs: readonly EscrowLeg[] = ['duty', 'tax', 'fee']
const carriageLegs: readonly EscrowLeg[] = ['freight', 'insurance']
const buyer = 'wallet:person:chen:CNY'

function legsAt(stage: Stage, goodsLeft = 10_000n, amounts = chenPays): SplitLeg[] {
  const beneficiaries: Readonly<Record<EscrowLeg, string>> = {
    ...{ goods: 'wallet:business:amina:MYR', freight: 'payable:freight:pos:CNY' },
    ...{ insurance: 'payable:insurance:pos:CNY', duty: 'payable:duty:CN:CNY' },
    ...{ tax: 'payable:tax:CN:CNY', fee: 'payable:fee:CN:CNY' },
  }
  return (Object.keys(amounts) as EscrowLeg[]).map((leg, index) => {
    const given =
      (stage !== 'on its way' && borderLegs.includes(leg)) ||
      (stage === 'delivered' && carriageLegs.includes(leg))
    return {
      ...{ order: 'order', number: index + 1, leg, currency: 'CNY', amount: amounts[leg] },
      left: leg === 'goods' ? goodsLeft : given ? 0n : amounts[leg],
      ...{ payer: buyer, beneficiary: beneficiaries[leg], entry: 'entry' },
      ...(leg === 'goods' ? { as: 6_400n } : {}),
    }
  })
}

/** Who gets how much now: `buyer 10550, carrier 350`. */
function gets({ shares }: Split): string {
  const whose = (to: string) =>
    to === buyer
      ? 'buyer'
      : to.startsWith('wallet:business')
        ? 'seller'
        : /freight|insurance/.test(to)
          ? 'carrier'
          : 'customs'
  const sums = new Map<string, bigint>()
  for (const { to, amount } of shares) sums.set(whose(to), (sums.get(whose(to)) ?? 0n) + amount)
  return ['buyer', 'seller', 'carrier', 'customs']
    .flatMap((who) => (sums.has(who) ? [`${who} ${sums.get(who)}`] : []))
    .join(', ')
}

/** Who owes whom in the end: `seller owes buyer freight 300`; `customs may repay seller duty 200`. */
const claimed = ({ claims }: Split): string =>
  claims
    .map(({ kind, debtor, creditor, what, amount }) =>
      [debtor, kind === 'owed' ? 'owes' : 'may repay', creditor, what, amount].join(' '),
    )
    .join(', ')

const carriage = (who: string) => `${who} owes buyer freight 300, ${who} owes buyer insurance 50`
const border = (who: string) =>
  ['duty 200', 'tax 300', 'fee 50'].map((each) => `${who} owes buyer ${each}`).join(', ')
const everything = (who: string, drawback = who) =>
  [
    carriage(who),
    `${who} owes buyer duty 200, customs may repay ${drawback} duty 200`,
    `${who} owes buyer tax 300, customs may repay ${drawback} tax 300`,
    `${who} owes buyer fee 50`,
  ].join(', ')
const onlyDrawback = 'customs may repay buyer duty 200, customs may repay buyer tax 300'
const back = (refund: bigint) => ({ refund })

type Line = readonly [
  outcome: Outcome,
  fault: Fault | '-',
  incoterm: Incoterm | 'both',
  stage: Stage,
  more: { refund?: bigint },
  gets: string,
  claims: string,
]

const lines: readonly Line[] = [
  // The usual way.
  ['release', '-', 'both', 'on its way', {}, 'customs 550', ''],
  ['deliver', '-', 'both', 'released', {}, 'carrier 350', ''],
  ['deliver', '-', 'both', 'on its way', {}, 'carrier 350, customs 550', ''],
  ['close', '-', 'both', 'delivered', {}, 'seller 10000', ''],
  ['close', '-', 'both', 'on its way', {}, 'seller 10000, carrier 350, customs 550', ''],
  // It never left.
  ['cancel', '-', 'both', 'on its way', {}, 'buyer 10900', ''],
  ['cancel', 'seller', 'both', 'on its way', {}, 'buyer 10900', ''],
  ['cancel', 'buyer', 'both', 'on its way', {}, 'buyer 10900', ''],
  // A part of the price.
  ['refund', '-', 'both', 'delivered', back(2_500n), 'buyer 2500', ''],
  ['refund', '-', 'both', 'on its way', back(10_000n), 'buyer 10000', ''],
  // Refused at the border: duty and tax never arose.
  ['refuse', 'seller', 'both', 'on its way', {}, 'buyer 10550, carrier 350', carriage('seller')],
  ['refuse', 'buyer', 'both', 'on its way', {}, 'buyer 10550, carrier 350', ''],
  ['refuse', 'carrier', 'both', 'on its way', {}, 'buyer 10900', ''],
  // Sent back after delivery.
  ['return', 'seller', 'both', 'delivered', {}, 'buyer 10000', everything('seller')],
  ['return', 'buyer', 'DDP', 'delivered', {}, 'buyer 10000', everything('seller')],
  [
    ...(['return', 'buyer', 'DAP', 'delivered', {}, 'buyer 10000'] as const),
    `${carriage('seller')}, ${onlyDrawback}`,
  ],
  ['return', 'carrier', 'both', 'delivered', {}, 'buyer 10000', everything('carrier')],
  // Lost before the border, and behind it.
  ['lose', 'carrier', 'both', 'on its way', {}, 'buyer 10900', ''],
  ['lose', 'carrier', 'both', 'released', {}, 'buyer 10350', border('carrier')],
  ['lose', 'seller', 'both', 'on its way', {}, 'buyer 10550, carrier 350', carriage('seller')],
  [
    ...(['lose', 'seller', 'both', 'released', {}, 'buyer 10000, carrier 350'] as const),
    `${carriage('seller')}, ${border('seller')}`,
  ],
  ['lose', 'buyer', 'both', 'on its way', {}, 'buyer 550, seller 10000, carrier 350', ''],
  ['lose', 'buyer', 'both', 'released', {}, 'seller 10000, carrier 350', ''],
  // The operator decides a dispute: nothing back, a part, or everything.
  ['settle', 'buyer', 'both', 'delivered', back(0n), 'seller 10000', ''],
  ['settle', 'seller', 'both', 'delivered', back(4_000n), 'buyer 4000, seller 6000', ''],
  [
    ...(['settle', 'carrier', 'both', 'on its way', back(1n)] as const),
    ...(['buyer 1, seller 9999, carrier 350, customs 550', ''] as const),
  ],
  ['settle', 'seller', 'both', 'delivered', back(10_000n), 'buyer 10000', everything('seller')],
  ['settle', 'buyer', 'DDP', 'delivered', back(10_000n), 'buyer 10000', everything('seller')],
  [
    ...(['settle', 'buyer', 'DAP', 'delivered', back(10_000n), 'buyer 10000'] as const),
    `${carriage('seller')}, ${onlyDrawback}`,
  ],
  ['settle', 'carrier', 'both', 'on its way', back(10_000n), 'buyer 10900', ''],
  [
    ...(['settle', 'seller', 'both', 'on its way', back(10_000n)] as const),
    ...(['buyer 10550, carrier 350', carriage('seller')] as const),
  ],
]

describe('who gets what', () => {
  const each = lines.flatMap(([outcome, fault, incoterm, stage, ...rest]) =>
    (incoterm === 'both' ? (['DDP', 'DAP'] as const) : [incoterm]).map(
      (term) => [outcome, fault, term, stage, ...rest] as const,
    ),
  )
  test.each(each)(
    '%s, fault: %s, %s, %s %o',
    (outcome, fault, incoterm, stage, more, got, owed) => {
      const ending: Ending = { outcome, incoterm, ...(fault === '-' ? {} : { fault }), ...more }
      const split = splitLegs(ending, legsAt(stage))
      expect(gets(split)).toBe(got)
      expect(claimed(split)).toBe(owed)
    },
  )

  test('a fault that decides and is not said, and a refund of more than there is, are faults of the caller', () => {
    for (const outcome of ['refuse', 'return', 'lose'] as const)
      expect(() => splitLegs({ outcome, incoterm: 'DAP' }, legsAt('delivered'))).toThrow(/whose/)
    const refund = { outcome: 'refund', incoterm: 'DAP' } as const
    for (const amount of [10_001n, -1n])
      expect(() => splitLegs({ ...refund, refund: amount }, legsAt('delivered'))).toThrow(/back of/)
  })

  test.each([
    // 64.00 ringgit for 100.00 yuan: refunded, what the seller still gets.
    [1n, 6_399n], // 0.64 of a sen rounds up to 1
    [2_500n, 4_800n],
    [3_333n, 4_266n], // 2133.12 rounds up to 2134
    [9_999n, 0n], // 6399.36
    [10_000n, undefined],
  ])('%s of 10,000 back: the seller gets %s of 6,400 sen', (refund, expected) => {
    const { shares } = splitLegs(
      { outcome: 'settle', fault: 'seller', incoterm: 'DAP', refund },
      legsAt('delivered'),
    )
    expect(shares.find(({ why }) => why === 'sold')?.as).toBe(expected)
  })
})

const endings = ['close', 'cancel', 'refuse', 'return', 'lose', 'settle'] as const
const faults = ['buyer', 'seller', 'carrier'] as const
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })
const anyCase = fc
  .record({
    outcome: fc.constantFrom(...endings),
    fault: fc.constantFrom(...faults),
    incoterm: fc.constantFrom('DDP' as const, 'DAP' as const),
    stage: fc.constantFrom('on its way' as const, 'released' as const, 'delivered' as const),
    amounts: fc.record({
      ...{ goods: amount, freight: amount, insurance: amount },
      ...{ duty: amount, tax: amount, fee: amount },
    }),
    as: amount,
    permille: fc.bigInt({ min: 0n, max: 1000n }),
    refunded: fc.bigInt({ min: 0n, max: 1000n }),
  })
  .map(({ amounts, permille, refunded, stage, as, ...ending }) => {
    const left = amounts.goods - (amounts.goods * refunded) / 1000n
    const legs = legsAt(stage, left, amounts).map((leg) =>
      leg.leg === 'goods' ? { ...leg, as } : leg,
    )
    return { ending: { ...ending, refund: (left * permille) / 1000n }, legs, as, stage }
  })
const sumOf = (list: readonly { amount: bigint }[]) =>
  list.reduce((sum, each) => sum + each.amount, 0n)
const runs = { numRuns: 1000 }

describe('laws of sharing', () => {
  test('an order that ends leaves nothing of any leg and gives no more than was there', () => {
    fc.assert(
      fc.property(anyCase, ({ ending, legs }) => {
        const { shares } = splitLegs(ending, legs)
        for (const leg of legs)
          expect(sumOf(shares.filter(({ number }) => number === leg.number))).toBe(leg.left)
        for (const share of shares) expect(share.amount > 0n).toBe(true)
      }),
      runs,
    )
  })

  test('the same money is owed to the buyer once, and never more than others have got of it', () => {
    fc.assert(
      fc.property(anyCase, ({ ending, legs }) => {
        const { shares, claims } = splitLegs(ending, legs)
        for (const leg of legs) {
          const back = sumOf(
            shares.filter(({ number, why }) => number === leg.number && why === 'back'),
          )
          const owed = claims.filter(({ kind, what }) => kind === 'owed' && what === leg.leg)
          expect(owed.length <= 1).toBe(true)
          expect(back + sumOf(owed) <= leg.amount).toBe(true)
        }
      }),
      runs,
    )
  })

  test('who sold or carried badly makes the buyer whole: all that was paid and not yet refunded', () => {
    fc.assert(
      fc.property(anyCase, ({ ending, legs, stage }) => {
        const { outcome, fault } = ending
        // What is refused was never released.
        fc.pre(
          outcome === 'return' ||
            outcome === 'lose' ||
            (outcome === 'refuse' && stage === 'on its way'),
        )
        fc.pre(fault !== 'buyer')
        const { shares, claims } = splitLegs(ending, legs)
        const back = shares.filter(({ why }) => why === 'back')
        const refunded = legs
          .filter(({ leg }) => leg === 'goods')
          .reduce((sum, leg) => sum + leg.amount - leg.left, 0n)
        const owed = claims.filter(({ kind, debtor }) => kind === 'owed' && debtor === fault)
        expect(sumOf(back) + sumOf(owed) + refunded).toBe(sumOf(legs))
      }),
      runs,
    )
  })

  test('customs may repay only duty and tax that it has, once, and only where goods leave again', () => {
    fc.assert(
      fc.property(anyCase, ({ ending, legs, stage }) => {
        const drawback = splitLegs(ending, legs).claims.filter(({ kind }) => kind === 'drawback')
        expect(drawback.every(({ what }) => what === 'duty' || what === 'tax')).toBe(true)
        expect(new Set(drawback.map(({ what }) => what)).size).toBe(drawback.length)
        const sentBack = ending.outcome === 'return' || ending.outcome === 'settle'
        expect(drawback.length === 0 || (sentBack && stage !== 'on its way')).toBe(true)
      }),
      runs,
    )
  })

  test('after refunds the seller gets the whole in their own money less the refunded part, rounded up', () => {
    fc.assert(
      fc.property(anyCase, ({ legs }) => {
        const goods = legs.find(({ leg }) => leg === 'goods')!
        const { amount: all, left, as: whole = 0n } = goods
        const [last] = splitLegs({ outcome: 'close', incoterm: 'DAP' }, [goods]).shares
        const lost = (whole * (all - left) + all - 1n) / all
        expect(last?.as ?? 0n).toBe(left === 0n ? 0n : whole - lost)
      }),
      runs,
    )
  })
})

test('the example adds up', () => expect(sumOf(legsAt('on its way'))).toBe(total))
