import type { TerritoryRules } from './read-rules.ts'

/**
 * An operator's own rules over the shipped ones: a record of the overlay replaces every version of the shipped rule
 * with the same id, a new id is added before the shipped ones, and a schedule replaces those of its chapters.
 */
export function joinOverlay(base: TerritoryRules, over: TerritoryRules): TerritoryRules {
  const join = <T extends { id: string }>(shipped: readonly T[], own: readonly T[]): T[] => {
    const replaced = new Set(own.map(({ id }) => id))
    return [...own, ...shipped.filter(({ id }) => !replaced.has(id))]
  }
  return {
    territory: base.territory,
    chain: base.chain,
    currency: over.currency.length > 0 ? over.currency : base.currency,
    localTaxes: over.localTaxes || base.localTaxes,
    valuation: join(base.valuation, over.valuation),
    exchange: join(base.exchange, over.exchange),
    schedules: over.schedules.length > 0 ? over.schedules : base.schedules,
    mfnExceptions: join(base.mfnExceptions, over.mfnExceptions),
    covers: join(base.covers, over.covers),
    rounding: join(base.rounding, over.rounding),
    taxes: join(base.taxes, over.taxes),
    regimes: join(base.regimes, over.regimes),
    reliefs: join(base.reliefs, over.reliefs),
    waivers: join(base.waivers, over.waivers),
    fees: join(base.fees, over.fees),
    agreements: join(base.agreements, over.agreements),
    measures: join(base.measures, over.measures),
    restrictions: join(base.restrictions, over.restrictions),
  }
}
