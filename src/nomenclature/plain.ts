// The plain-language nomenclature as it lies in plain/*.tsv: what a row says, and reading it. Pure; folders are read by
// read-plain-files.ts.

export type PlainLanguage = 'en' | 'zh' | 'ms' | 'th' | 'fr'

/** One code in one language: a short name, the words people use, how often it is sent in parcels (0-3). */
export type Entry = {
  readonly code: string
  readonly lang: PlainLanguage
  readonly trade: number
  readonly name: string
  /** The words in one text, `; ` between them: read by the ten thousand, so nobody cuts them up before they are wanted. */
  readonly words: string
}

export const wordsOf = ({ words }: Entry): string[] => listed(words)

/** A question that tells codes under `scope` apart; an answer names them by their first digits. */
export type PlainQuestion = {
  /** Scope and place within it, such as `6109-1`. */
  readonly id: string
  readonly scope: string
  readonly text: string
  readonly answers: readonly PlainAnswer[]
}
export type PlainAnswer = {
  readonly id: string
  readonly text: string
  readonly codes: readonly string[]
}

/** The texts of the files, each with a header line. */
export type PlainFiles = {
  /** `code lang trade name words`, a text per chapter. */
  readonly entries: readonly string[]
  /** `scope question answer codes`, a text per chapter. */
  readonly questions: readonly string[]
  /** `term code`: words of the official UK index. */
  readonly terms: string
  /** `brand codes`: what a make is known for. It steers and never decides. */
  readonly brands: string
  /** `codes words`: what is said of goods of a kind and does not name them, such as hydrating or sleeveless. */
  readonly cues: string
  /** `concept kind en zh ms th fr`: materials, people, making and state in five languages. */
  readonly attributes: string
  /** `en zh ms th fr`: questions and answers that recur. */
  readonly phrases: string
  /** `code count`: how often real consignments were of a subheading. */
  readonly counts: string
  /** `word counts`: of which subheadings real consignments with the word were. */
  readonly learnt: string
}

export const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))

const listed = (text: string | undefined): string[] => (text ? text.split('; ') : [])

export const readEntries = (text: string): Entry[] =>
  rowsOf(text).map(([code = '', lang = 'en', trade = '', name = '', words = '']) => ({
    code,
    lang: lang as PlainLanguage,
    trade: Number(trade || 0),
    name,
    words,
  }))

/** Rows of one question stand together; ids count the questions of a scope in the order of the file. */
export function readQuestions(text: string): PlainQuestion[] {
  const byKey = new Map<string, { scope: string; text: string; answers: PlainAnswer[] }>()
  for (const [scope = '', question = '', answer = '', codes = ''] of rowsOf(text)) {
    const key = `${scope}\t${question}`
    const found = byKey.get(key) ?? { scope, text: question, answers: [] }
    byKey.set(key, found)
    const same = found.answers.find((each) => each.text === answer)
    if (same) {
      found.answers[found.answers.indexOf(same)] = {
        ...same,
        codes: [...same.codes, ...codes.split(' ')],
      }
    } else
      found.answers.push({
        id: String(found.answers.length + 1),
        text: answer,
        codes: codes.split(' '),
      })
  }
  const counted = new Map<string, number>()
  return [...byKey.values()].map((question) => {
    const at = (counted.get(question.scope) ?? 0) + 1
    counted.set(question.scope, at)
    return { id: `${question.scope}-${at}`, ...question }
  })
}

export type Term = { readonly term: string; readonly code: string }

export const readTerms = (text: string): Term[] =>
  rowsOf(text).map(([term = '', code = '']) => ({ term, code }))

export type Brand = { readonly brand: string; readonly codes: readonly string[] }

export const readBrands = (text: string): Brand[] =>
  rowsOf(text).map(([brand = '', codes = '']) => ({ brand, codes: codes.split(' ') }))

export type Cue = { readonly codes: readonly string[]; readonly words: readonly string[] }

export const readCues = (text: string): Cue[] =>
  rowsOf(text).map(([codes = '', words]) => ({ codes: codes.split(' '), words: listed(words) }))

/** A thing that can be said of goods of many kinds, with its words by language. */
export type Attribute = {
  readonly concept: string
  /** What it is a kind of: `merino` of `wool`. */
  readonly broader: readonly string[]
  readonly words: Readonly<Record<PlainLanguage, readonly string[]>>
}

export const readAttributes = (text: string): Attribute[] =>
  rowsOf(text).map(([concept = '', broader = '', en, zh, ms, th, fr]) => ({
    concept,
    broader: broader === '' ? [] : broader.split(' '),
    words: { en: listed(en), zh: listed(zh), ms: listed(ms), th: listed(th), fr: listed(fr) },
  }))

/** English wording -> its rendering by language. */
export function readPhrases(text: string): ReadonlyMap<string, Record<string, string>> {
  return new Map(
    rowsOf(text).map(([en = '', zh = '', ms = '', th = '', fr = '']) => [
      en,
      { en, zh, ms, th, fr },
    ]),
  )
}
