// What a rule says, value by value.
import type { Language } from '../../ui/index.ts'
import type { Treatment } from '../rules/records.ts'
import type { RuleRecord } from './find-rule.ts'
import {
  amountText,
  basketClauses,
  codesText,
  lineClauses,
  placesText,
} from './describe-condition.ts'
import { rateWords } from './rate-words.ts'
import { kindWord, wordFor, wordsFor } from './words.ts'

export type RuleValue = { term: string; detail: string }

/** The values of one version of a rule, in the order in which a reader asks for them. */
export function ruleValues(rule: RuleRecord, language: Language): RuleValue[] {
  const { t } = language
  const values: RuleValue[] = []
  const put = (term: string, detail: string | false | undefined): void => {
    if (detail) values.push({ term, detail })
  }
  const clauses = [...basketClauses(rule.when, language), ...lineClauses(rule.lines, language)]
  put(t('tariff.value.rate'), rule.rate && rateWords(rule.rate, language))
  put(t('tariff.value.column'), rule.column)
  put(
    t('tariff.value.base'),
    rule.base && language.list(rule.base.map((each) => baseWord(each, language))),
  )
  put(t('tariff.value.inclusive'), rule.inclusive && t('tariff.value.inclusiveText'))
  put(t('tariff.value.per'), rule.per && wordFor(language, 'per', rule.per))
  put(t('tariff.value.max'), rule.max && amountText(rule.max, language))
  put(t('tariff.value.when'), clauses.join('; '))
  for (const [at, treatment] of (rule.treatments ?? []).entries())
    put(
      (rule.treatments?.length ?? 0) > 1
        ? t('tariff.value.case', { n: at + 1 })
        : t('tariff.value.treatment'),
      treatmentText(treatment, language),
    )
  put(t('tariff.value.relieves'), rule.relieves && wordsFor(language, 'relieved', rule.relieves))
  put(t('tariff.value.members'), rule.members && placesText(rule.members, language))
  put(t('tariff.value.proofs'), rule.proofs && proofsText(rule.proofs, language))
  put(t('tariff.value.papers'), rule.papers && wordsFor(language, 'paper', rule.papers))
  put(t('tariff.value.remits'), rule.remits && wordsFor(language, 'remits', rule.remits))
  put(t('tariff.value.kind'), rule.kind && kindOf(rule.kind, language))
  put(t('tariff.value.notWith'), rule.not_with && codesText(rule.not_with))
  put(
    t('tariff.value.unlessProof'),
    rule.unless_proof && wordFor(language, 'proof', rule.unless_proof),
  )
  put(t('tariff.value.flagged'), rule.flagged && t('tariff.value.flaggedText'))
  put(t('tariff.value.chapters'), rule.chapters)
  put(t('tariff.value.valuation'), valuationText(rule, language))
  put(
    t('tariff.value.exchange'),
    rule.source &&
      t('tariff.value.exchangeText', {
        source: rule.source,
        rule: wordFor(language, 'exchangeRule', rule.rule ?? ''),
      }),
  )
  put(
    t('tariff.value.rounding'),
    rule.unit &&
      t('tariff.value.roundingText', {
        unit: rule.unit,
        mode: wordFor(language, 'mode', rule.mode ?? ''),
        stage: wordFor(language, 'stage', rule.stage ?? ''),
        level: wordFor(language, 'level', rule.level ?? ''),
      }),
  )
  return values
}

function baseWord(part: string, language: Language): string {
  return part.startsWith('tax:') ? part.slice('tax:'.length) : wordFor(language, 'basePart', part)
}

/** Kinds of taxes, of trade measures, of restrictions and of coverage have words of their own. */
function kindOf(kind: string, language: Language): string {
  const groups = ['taxKind', 'measureKind', 'restriction', 'kind']
  const words = groups.map((group) => wordFor(language, group, kind))
  return words.find((word) => word !== kind.replaceAll('-', ' ')) ?? kindWord(language, kind)
}

const proofsText = (sets: readonly (readonly string[])[], language: Language): string =>
  sets
    .map((set) => set.map((id) => wordFor(language, 'proof', id)).join(' + '))
    .join(` ${language.t('tariff.other.or')} `)

function valuationText({ price, freight, insurance }: RuleRecord, { t }: Language) {
  return price && freight && insurance
    ? t('tariff.value.valuationText', { price, freight, insurance })
    : undefined
}

/** What a scheme does with the lines that it fits. */
function treatmentText(line: Treatment, language: Language): string {
  const { t } = language
  const parts: string[] = lineClauses(line.when, language)
  const say = (text: string | undefined | false): void => {
    if (text) parts.push(text)
  }
  const { duty } = line
  say(duty === 'none' && t('tariff.treat.noDuty'))
  say(
    duty !== undefined &&
      duty !== 'none' &&
      duty !== 'tariff' &&
      t('tariff.treat.duty', { rate: rateWords(duty, language) }),
  )
  say(
    line.flat &&
      t('tariff.treat.flat', {
        amount: amountText(line.flat.amount, language),
        per: wordFor(language, 'per', line.flat.per),
      }),
  )
  say(line.remedy === 'none' && t('tariff.treat.noRemedy'))
  say(line.excise === 'none' && t('tariff.treat.noExcise'))
  for (const [tax, how] of Object.entries(line.taxes ?? {}))
    say(t('tariff.treat.tax', { tax: tax === 'all' ? 'all' : 'one', name: tax, how }))
  say(
    line.tax_base &&
      t('tariff.treat.taxBase', {
        list: language.list(line.tax_base.map((part) => baseWord(part, language))),
      }),
  )
  say(line.tax_share && t('tariff.treat.taxShare', { share: line.tax_share }))
  say(line.excise_share && t('tariff.treat.exciseShare', { share: line.excise_share }))
  say(line.fees === 'none' && t('tariff.treat.noFees'))
  return parts.join('; ')
}
