// Codes of the Harmonized System (WCO, edition 2022) in plain words, and finding the one for some goods. Every chapter,
// heading and subheading has a short name of our own and the everyday words people use for it; questions tell siblings
// apart. Guided classification takes what somebody types, in English, Chinese, Malay, Thai or French, and gives a code
// with its rivals and a calibrated confidence, or the one question that decides most, or says what to add. It is
// offline, deterministic and no ruling: an authority alone gives binding tariff information.
export {
  createNomenclature,
  type ClassifyOptions,
  type Named,
  type Nomenclature,
} from './create-nomenclature.ts'
export type { AskedQuestion, Classification, Ranker, Rival } from './classify.ts'
export { noneOfThese, notKnown, type Answered } from './questions.ts'
export { ClassifyControl, type ClassifyControlProps } from './pages/classify-control.tsx'
export { readControl, type ControlInput } from './pages/read-control.ts'
export type { LinesOf, NationalLine, NationalTurn } from './national.ts'
