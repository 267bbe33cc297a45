// What goods cost at the door of another country, and why. Rules are dated data (rules/, docs/rules-schema.md); this
// capability reads them, compiles a territory's law as of a day and works out every lawful route for a basket: customs
// value (WTO Valuation Agreement), duty by the Harmonized System, trade remedies, taxes, fees, reliefs and schemes.
// Every figure carries its rule, source and date; what is not known is said, never taken as zero.
export { createTariff, type Tariff } from './create-tariff.ts'
export { basketSchema, parseBasket, type BasketJson } from './parse-basket.ts'
export type { Basket } from './basket.ts'
export type { Answer, AnswerCharge, AnswerLine } from './assess/answer.ts'
export { compareDays, type DayComparison } from './compare-days.ts'
export { findMarkets, wantedPrice, type Market } from './find-markets.ts'
export { lookUp } from './look-up.ts'
export { usualDestinations } from './pages/places.ts'
export { rateSourceWords } from './pages/words.ts'
export { measureWord } from './measure-word.ts'
export { yearlyLimitOf, type YearlyLimit } from './yearly-limit.ts'
export { keepRuleVersions, rulesDigest } from './keep-rules.ts'
