// The order of work of docs/rules-schema.md section 7 for one route. Pure: the basket's state and the day's law in,
// charges with their sums out.
import { roundToStep } from '../../basis/rounding.ts'
import { ratio } from '../../basis/ratio.ts'
import type { CompiledRegime, TariffOnDay } from '../rules/law.ts'
import { assessDuty } from './assess-duty.ts'
import { assessFees } from './assess-fee.ts'
import { assessTax } from './assess-tax.ts'
import { charged, wholeConsignment, type Charge } from './charge.ts'
import { addReason, startRoute, type Route } from './route.ts'
import type { BasketState } from './state.ts'

/**
 * Works out one regime with the proofs held, or (`obtainable`) with every proof that could be had.
 * `held` are the registrations that count; the regime's own is taken as held for the time being.
 */
export function assessRoute(
  state: BasketState,
  tariff: TariffOnDay,
  regime: CompiledRegime,
  held: ReadonlySet<string>,
  obtainable: boolean,
): Route {
  const route = startRoute(state, tariff, regime, held, obtainable)
  for (const line of route.lines) {
    if (line.state.linesDiffer) {
      line.duty = undefined
      line.taxes.fill(undefined)
      addReason(line, {
        code: 'which-line',
        status: 'needs-facts',
        facts: { options: line.state.law.options },
      })
    } else assessDuty(route, line)
  }
  roundDuty(route)
  if (tariff.fees.length > 0) assessFees(route, true)
  for (const tax of tariff.taxes) assessTax(route, tax)
  if (tariff.fees.length > 0) assessFees(route, false)
  if (tariff.waivers.length > 0) waive(route)
  total(route)
  return route
}

/** Duty that the law rounds over the whole consignment: the difference is its own charge. */
function roundDuty(route: Route): void {
  const rounding = route.tariff.rounding.duty
  if (rounding.level !== 'consignment') return
  let sum = 0n
  for (const { kind, amount } of route.charges)
    if (kind === 'duty' || kind === 'remedy') sum += amount
  const rounded = roundToStep(ratio(sum), rounding.step, rounding.mode)
  if (rounded === sum) return
  const { id, citation } = rounding
  const rule = { id, name: 'rounding of duty', citation, note: undefined, sighting: undefined }
  const exact = ratio(rounded)
  route.charges.push(
    charged(
      wholeConsignment,
      'rounding',
      rule,
      sum,
      undefined,
      exact,
      rounded - sum,
      rounding,
      'duty',
    ),
  )
}

export type Bucket = 'duty' | 'tax' | 'fees'

/** Which total a charge belongs to. */
export function bucketOf({ kind, of }: Charge): Bucket {
  if (kind === 'duty' || kind === 'remedy') return 'duty'
  if (kind === 'fee') return 'fees'
  return kind === 'rounding' && of === 'duty' ? 'duty' : 'tax'
}

/** Step 7: sums too small to be levied are struck, and say so. */
function waive(route: Route): void {
  const { charges } = route
  for (const { ref, of, currency, inRegime, max } of route.tariff.waivers) {
    if (!inRegime[route.regime.index]) continue
    if (!max) {
      route.state.unconverted.push(currency)
      continue
    }
    const named = (charge: Charge): boolean =>
      of.includes('all') || of.some((bucket) => bucket === bucketOf(charge))
    let sum = 0n
    for (const charge of charges) if (named(charge)) sum += charge.amount
    if (sum <= 0n || sum * max.d > max.n) continue
    for (const [index, charge] of charges.entries())
      if (named(charge) && charge.amount !== 0n)
        charges[index] = { ...charge, rule: ref, amount: 0n, struck: 'waiver' }
  }
}

function total(route: Route): void {
  let [duty, tax, fees] = [0n, 0n, 0n]
  for (const charge of route.charges) {
    if (charge.amount === 0n) continue
    const bucket = bucketOf(charge)
    if (bucket === 'duty') duty += charge.amount
    else if (bucket === 'tax') tax += charge.amount
    else fees += charge.amount
  }
  route.duty = duty
  route.tax = tax
  route.fees = fees
  route.landed = route.state.cif + duty + tax + fees
}
