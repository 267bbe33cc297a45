// The parts of guided classification, made once from the plain files.
import { sharesOf, readCounts, type Counts } from './trade-shares.ts'
import { conceptsOfAnswers, readConcepts } from './attributes.ts'
import type { Reader } from './ask.ts'
import type { AskedQuestion, Classifier, Ranker } from './classify.ts'
import { coefficients as shipped } from './coefficients.ts'
import type { Coefficients } from './confidence.ts'
import { learn, readWordCounts, type WordCounts } from './learnt.ts'
import { readNames } from './names.ts'
import {
  readAttributes,
  readBrands,
  readCues,
  readEntries,
  readPhrases,
  readQuestions,
  readTerms,
  type PlainFiles,
  type PlainLanguage,
  type PlainQuestion,
} from './plain.ts'
import { isGeneral, sharpen, type Questions, type SharpQuestion } from './questions.ts'
import { softmax } from './rank-codes.ts'
import { growTree, type Tree } from './tree.ts'
import { buildIndex } from './words/build-index.ts'

export type ClassifierOptions = {
  ranker?: Ranker | undefined
  /** Of the confidence; the shipped ones unless somebody fits anew. */
  coefficients?: Coefficients | undefined
  /** Real consignments by subheading; those that ship unless an operator has better ones. */
  counts?: Counts | undefined
  wordCounts?: WordCounts | undefined
}

export function createClassifier(
  plain: PlainFiles,
  {
    ranker,
    coefficients = shipped,
    counts = readCounts(plain.counts),
    wordCounts = readWordCounts(plain.learnt),
  }: ClassifierOptions = {},
): Classifier {
  const entries = plain.entries.flatMap(readEntries)
  const asked = plain.questions.flatMap(readQuestions)
  const tree = growTree(entries)
  const questions = sharpen(asked, tree)
  const concepts = readConcepts(readAttributes(plain.attributes))
  const phrases = readPhrases(plain.phrases)
  const rates = sharesOf(tree, counts)
  const readers = readersOf(asked, phrases)
  return {
    tree,
    questions,
    concepts,
    answerConcepts: conceptsOfAnswers(asked, concepts),
    index: buildIndex(
      entries,
      readTerms(plain.terms),
      readBrands(plain.brands),
      readCues(plain.cues),
    ),
    coefficients,
    rates,
    names: readNames(entries, concepts),
    learnt: learn(wordCounts, tree, rates),
    usual: softmax(rates.judged),
    readerOf: (language) => readers.get(language)!,
    word: (sharp, language) =>
      isGeneral(sharp.id)
        ? wordGeneral(sharp, language, tree)
        : wordPlain(sharp, language, questions, phrases),
    ...(ranker ? { ranker } : {}),
  }
}

/** "Which of these is it?": the answers are names; whoever shows it words the question. */
function wordGeneral(sharp: SharpQuestion, language: PlainLanguage, tree: Tree): AskedQuestion {
  const codes = sharp.answerIds
  const own = codes.map((code) =>
    language === 'en' ? englishName(code, tree) : tree.nameOf(code, language),
  )
  const isOwn = own.every((name) => name !== undefined)
  return {
    id: sharp.id,
    text: '',
    lang: isOwn ? language : 'en',
    answers: codes.map((code, at) => ({
      id: code,
      text: (isOwn ? own[at] : undefined) ?? englishName(code, tree),
      codes: [code],
    })),
  }
}

/** What is only "other" to its neighbours says more by some of its words. */
function englishName(code: string, tree: Tree): string {
  const name = tree.nameOf(code, 'en') ?? code
  if (!/^other|not named/i.test(name) || name.includes('(')) return name
  const words = tree.wordsOf(code, 'en').slice(0, 3)
  return words.length > 0 ? `${name} (${words.join(', ')})` : name
}

/** In the reader's language only where every word of it is: a question in two languages is none. */
function wordPlain(
  sharp: SharpQuestion,
  language: PlainLanguage,
  questions: Questions,
  phrases: ReadonlyMap<string, Readonly<Record<string, string>>>,
): AskedQuestion {
  const { id, text, answers } = questions.plain(sharp.id)!
  const texts = [text, ...answers.map((answer) => answer.text)]
  const own = texts.map((each) => (language === 'en' ? each : phrases.get(each)?.[language]))
  const isOwn = own.every(Boolean)
  const shown = isOwn ? own : texts
  return {
    id,
    text: shown[0]!,
    lang: isOwn ? language : 'en',
    answers: answers.map((answer, at) => ({ ...answer, text: shown[at + 1]! })),
  }
}

function readersOf(
  plain: readonly PlainQuestion[],
  phrases: ReadonlyMap<string, Readonly<Record<string, string>>>,
): ReadonlyMap<PlainLanguage, Reader> {
  const isOwn = (text: string, language: PlainLanguage): boolean => !!phrases.get(text)?.[language]
  return new Map(
    (['en', 'zh', 'ms', 'th', 'fr'] as const).map((language) => {
      const own = plain.filter(
        ({ text, answers }) =>
          language === 'en' ||
          (isOwn(text, language) && answers.every((answer) => isOwn(answer.text, language))),
      )
      const ids = new Set(own.map(({ id }) => id))
      return [language, { reads: (id) => ids.has(id), readsSubheadings: language === 'en' }]
    }),
  )
}
