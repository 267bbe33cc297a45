import type { Tariff } from '../create-tariff.ts'
import type { TariffOnDay } from '../rules/law.ts'
import type { Ask } from './ask.ts'
import { newest } from './compare.ts'
import type { TariffParts } from './landed-cost.ts'

/** What a form can offer to tick, because the law of some destination asked about would read it. */
export type Offers = {
  schemes: readonly string[]
  /** Proofs of origin that lower a duty, by country of origin. */
  proofs(origin: string): readonly string[]
  currencies: readonly string[]
}

export function offersFor(ask: Ask, parts: TariffParts, currencies: readonly string[]): Offers {
  const laws = ask.to.flatMap((to) => lawOf(parts, to, ask.on))
  return {
    schemes: [
      ...new Set(laws.flatMap(({ regimes }) => regimes.flatMap(({ holds }) => holds ?? []))),
    ],
    proofs: (origin) => [
      ...new Set(
        laws.flatMap(({ agreements }) =>
          agreements.flatMap(({ origins, record }) =>
            origins.has(origin) ? record.proofs.flat() : [],
          ),
        ),
      ),
    ],
    currencies,
  }
}

/** A law that cannot be read offers nothing; the answer for it says why. */
function lawOf({ tariff }: TariffParts, to: string, on: string): TariffOnDay[] {
  try {
    return [tariff().on(to, on)]
  } catch {
    return []
  }
}

/** Currencies that can be converted on the day. */
export const convertible = (all: readonly string[], { exchange }: Tariff, on: string): string[] =>
  all.filter((code) => exchange.rate(code, 'EUR', on, newest) !== undefined)
