// Guided classification on real sellers' texts: per set and per half, never pooled. The open half is measured with
// coefficients of the confidence fitted on the other folds (five, near-duplicates in one fold); the held-out half with the
// coefficients that ship, without texts that nearly stand in the open half.
import { sharesOf } from '../src/nomenclature/trade-shares.ts'
import { classify, firstBelief, type Classifier } from '../src/nomenclature/classify.ts'
import { namedShare, sureFrom } from '../src/nomenclature/coefficients.ts'
import { confidenceOf, featuresOf, twoHighest } from '../src/nomenclature/confidence.ts'
import { learn } from '../src/nomenclature/learnt.ts'
import { createClassifier } from '../src/nomenclature/create-classifier.ts'
import { noneOfThese, type Answered } from '../src/nomenclature/questions.ts'
import { softmax } from '../src/nomenclature/rank-codes.ts'
import { readPlainFiles } from '../src/nomenclature/read-plain-files.ts'
import { matchText } from '../src/nomenclature/words/match-text.ts'
import { readText } from '../src/nomenclature/words/read-text.ts'
import { normalised, readSets, type Half, type Sample, type Sets } from './support/classify-sets.ts'
import { countsOf } from './support/count-consignments.ts'
import type { Figure } from './support/figure.ts'
import { wordCountsOf } from './support/learn-words.ts'
import { fitConfidence, type Fact } from './support/fit-confidence.ts'
import { median, now, percentile, timed } from './support/measure.ts'

const folds = 5
const mostAnswers = 5

export function run(): Figure[] {
  const folder = process.env['EWTP_REFERENCE_DATA']
  const started = {
    name: 'classify: words read and index built',
    value: median([1, 2, 3].map(() => timed(() => createClassifier(readPlainFiles())))),
    unit: 'ms',
    bar: { of: 'figure', most: 300 },
  } as const
  if (!folder)
    return [{ ...started, note: 'the sets were not measured: EWTP_REFERENCE_DATA names no folder' }]
  const sets = readSets(folder)
  const classifier = withoutTheirTerms(sets)
  return [
    started,
    ...halves().flatMap((half) => measured(classifier, sets, half)),
    ...turnTimes(classifier, sets),
  ]
}

/** `CLASSIFY_HALF=open` for whoever tunes, so that the other half stays unseen. */
const halves = (): Half[] =>
  process.env['CLASSIFY_HALF'] === 'open' ? ['open'] : ['open', 'held out']

/** A word of the official index that is a text of a set would answer by heart. */
function withoutTheirTerms(sets: Sets): Classifier {
  const files = readPlainFiles()
  const texts = textsOf(sets)
  const terms = files.terms
    .split('\n')
    .filter((line, at) => at === 0 || !texts.has(normalised(line.split('\t')[0] ?? '')))
    .join('\n')
  return createClassifier({ ...files, terms })
}

const textsOf = ({ consignments, vague }: Sets): ReadonlySet<string> =>
  new Set([...consignments, ...vague].map(({ text }) => normalised(text)))

/** A text with what was seen of it, and how many codes were held likelier than the true one. */
type Seen = {
  sample: Sample
  features: number[]
  code: string
  /** The text is the very name of the first guess. */
  isNamed: boolean
  place: number
  isRefused: boolean
}

function see(classifier: Classifier, sample: Sample): Seen {
  const { index, tree } = classifier
  const read = readText(sample.text, index)
  const match = matchText(read, index)
  const { belief, named } = firstBelief(classifier, sample.text, read, match)
  const truth = tree.placeOfSubheading(sample.code)
  const share = truth === undefined ? -1 : belief[truth]!
  const [first] = twoHighest(belief)
  return {
    sample,
    features: featuresOf(belief, read, match, tree),
    code: tree.subheadings[first]!.code,
    isNamed: named === first,
    place: truth === undefined ? Infinity : belief.filter((each) => each > share).length,
    isRefused: classify(classifier, sample.text).state === 'too-vague',
  }
}

/** Texts that are a name have a confidence of their own. */
const factsOf = (seen: readonly Seen[]): Fact[] =>
  seen
    .filter(({ isNamed }) => !isNamed)
    .map(({ features, code, sample }) => ({ features, isRight: code === sample.code }))

const foldOf = ({ group }: Sample): number => group % folds

/** A classifier for each text of the open half, which has not counted the consignments of the text's own fold. */
function byFold(
  classifier: Classifier,
  consignments: readonly Sample[],
): (sample: Sample) => Classifier {
  const made = Array.from({ length: folds }, (_, fold) => {
    const others = consignments.filter((each) => each.half === 'open' && foldOf(each) !== fold)
    const rates = sharesOf(classifier.tree, countsOf(others))
    const learnt = learn(wordCountsOf(others), classifier.tree, rates)
    return { ...classifier, rates, learnt, usual: softmax(rates.judged) }
  })
  return (sample) => made[foldOf(sample)]!
}

function openFacts(): Fact[] {
  const sets = readSets(process.env['EWTP_REFERENCE_DATA'] ?? '')
  const classifierOf = byFold(withoutTheirTerms(sets), sets.consignments)
  const open = [...sets.consignments, ...sets.vague].filter(({ half }) => half === 'open')
  return factsOf([...indexWords(sets), ...open.map((sample) => see(classifierOf(sample), sample))])
}

/**
 * Words of the official index for goods sent in parcels, as texts that are short and clean: each asked of a classifier
 * that was made without its fold of the index. Without them the confidence would know messy texts only.
 */
function indexWords(sets: Sets): Seen[] {
  const files = readPlainFiles()
  const taken = textsOf(sets)
  const [head = '', ...rows] = files.terms.trimEnd().split('\n')
  const free = rows.filter((row) => !taken.has(normalised(row.split('\t')[0] ?? '')))
  return Array.from({ length: folds }, (_, fold) => {
    const terms = [head, ...free.filter((__, at) => at % folds !== fold)].join('\n')
    const classifier = createClassifier(
      { ...files, terms },
      { counts: new Map(), wordCounts: new Map() },
    )
    const isSent = (code: string): boolean =>
      (classifier.tree.subheadings[classifier.tree.placeOfSubheading(code) ?? 0]?.trade ?? 0) > 1
    return free.flatMap((row, group) => {
      const [text = '', code = ''] = row.split('\t')
      const sample = { text: text.replaceAll(/[(),]/g, ' '), code, half: 'open', group } as const
      return group % folds === fold && isSent(code) ? [see(classifier, sample)] : []
    })
  }).flat()
}

function measured(shipped: Classifier, sets: Sets, half: Half): Figure[] {
  const open = new Set(
    [...sets.consignments, ...sets.vague]
      .filter((each) => each.half === 'open')
      .map(({ group }) => group),
  )
  const wanted = (sample: Sample): boolean =>
    sample.half === half && (half === 'open' || !open.has(sample.group))
  const classifierOf = half === 'open' ? byFold(shipped, sets.consignments) : () => shipped
  const seen = (samples: readonly Sample[]): Seen[] =>
    samples.filter(wanted).map((sample) => see(classifierOf(sample), sample))
  const consignments = seen(sets.consignments)
  const vague = seen(sets.vague)
  const index = half === 'open' ? indexWords(sets) : []
  const coefficients =
    half === 'open'
      ? fittedByFold([...consignments, ...vague, ...index])
      : () => shipped.coefficients
  const confidence = ({ features, sample, isNamed }: Seen): number =>
    isNamed ? namedShare : confidenceOf(features, coefficients(sample))
  const isSure = (each: Seen): boolean => !each.isRefused && confidence(each) >= sureFrom
  const guide = guided(consignments, (sample) => ({
    ...classifierOf(sample),
    coefficients: coefficients(sample),
  }))
  return [
    ...sureFigures(half, consignments, vague, isSure),
    ...(half === 'open' ? indexFigures(index, isSure) : []),
    ...curve(half, consignments, confidence),
    ...rankFigures(half, consignments, guide),
  ]
}

const nameOf = (half: Half, what: string): string => `classify, ${half}: ${what}`

function sureFigures(
  half: Half,
  consignments: readonly Seen[],
  vague: readonly Seen[],
  isSure: (seen: Seen) => boolean,
): Figure[] {
  const sure = consignments.filter(isSure)
  const right = (digits: number): number =>
    share(sure, ({ code, sample }) => code.slice(0, digits) === sample.code.slice(0, digits))
  return [
    {
      name: nameOf(half, 'consignments "sure": right at 6 digits'),
      value: right(6),
      unit: '%',
      bar: { of: 'figure', least: 97 },
      note: `${sure.length} texts; at 4 digits ${shown(right(4))}, at 2 ${shown(right(2))}; sure from ${sureFrom}`,
    },
    {
      name: nameOf(half, 'consignments: "sure"'),
      value: share(consignments, isSure),
      unit: '%',
      bar: { of: 'figure', least: 20 },
      note: `of ${consignments.length} texts`,
    },
    {
      name: nameOf(half, 'vague texts: not "sure"'),
      value: share(vague, (each) => !isSure(each)),
      unit: '%',
      bar: { of: 'figure', least: 90 },
      note: `of ${vague.length} texts`,
    },
    {
      name: nameOf(half, 'consignments: refused as too vague'),
      value: share(consignments, ({ isRefused }) => isRefused),
      unit: '%',
      bar: { of: 'figure', most: 35 },
    },
  ]
}

/** Clear texts: words of the official index, each asked of a classifier that does not know it. */
function indexFigures(index: readonly Seen[], isSure: (seen: Seen) => boolean): Figure[] {
  const sure = index.filter(isSure)
  return [
    {
      name: 'classify, official index by folds: "sure": right at 6 digits',
      value: share(sure, ({ code, sample }) => code === sample.code),
      unit: '%',
      bar: { of: 'figure', least: 97 },
      note: `${sure.length} of ${index.length} words of goods that are sent in parcels`,
    },
    {
      name: 'classify, official index by folds: first guess right at 6 digits',
      value: share(index, ({ code, sample }) => code === sample.code),
      unit: '%',
    },
  ]
}

/** How far the surest texts can be trusted, wherever the threshold is. */
function curve(
  half: Half,
  consignments: readonly Seen[],
  confidence: (seen: Seen) => number,
): Figure[] {
  const isRight = ({ code, sample }: Seen): boolean => code === sample.code
  const surest = consignments
    .filter(({ isRefused }) => !isRefused)
    .toSorted((a, b) => confidence(b) - confidence(a))
  const top = (percent: number): Seen[] =>
    surest.slice(0, Math.round((consignments.length * percent) / 100))
  let [right, covered] = [0, 0]
  for (const [at, seen] of surest.entries()) {
    if (isRight(seen)) right++
    if (right >= 0.97 * (at + 1)) covered = at + 1
  }
  return [
    {
      name: nameOf(half, 'consignments, the surest fifth: right at 6 digits'),
      value: share(top(20), isRight),
      unit: '%',
      note: `of the surest 5 % ${shown(share(top(5), isRight))}, 10 % ${shown(share(top(10), isRight))}; 97 % right up to the surest ${shown((100 * covered) / consignments.length)}`,
    },
  ]
}

function rankFigures(half: Half, consignments: readonly Seen[], guide: Guided): Figure[] {
  return [
    {
      name: nameOf(half, 'consignments: first guess right at 6 digits'),
      value: share(consignments, ({ place }) => place < 1),
      unit: '%',
      note: 'the aim is 45',
    },
    {
      name: nameOf(half, 'consignments: among the first five'),
      value: share(consignments, ({ place }) => place < 5),
      unit: '%',
      note: 'the aim is 70',
    },
    {
      name: nameOf(half, `consignments: right after ${mostAnswers} answers at most`),
      value: guide.ended,
      unit: '%',
      note: `the aim is 90; ${shown(guide.endedOrRefused)} where a refusal ends it`,
    },
    {
      name: nameOf(half, 'consignments "sure" by then: right at 6 digits'),
      value: guide.sureAndRight,
      unit: '%',
      note: `${shown(guide.sure)} of all are sure by then, from the same threshold`,
    },
  ]
}

const shown = (percent: number): string => `${Math.round(percent * 10) / 10} %`

/** Of none, none. */
const share = <T>(of: readonly T[], holds: (each: T) => boolean): number =>
  (100 * of.filter(holds).length) / Math.max(1, of.length)

/** Coefficients for each text, fitted on the folds it is not in. */
function fittedByFold(seen: readonly Seen[]): (sample: Sample) => readonly number[] {
  const fitted = Array.from({ length: folds }, (_, fold) =>
    fitConfidence(factsOf(seen.filter(({ sample }) => foldOf(sample) !== fold))),
  )
  return (sample) => fitted[foldOf(sample)]!
}

type Guided = {
  readonly ended: number
  readonly endedOrRefused: number
  /** Of all texts, those that became sure; and of these, those that are right. */
  readonly sure: number
  readonly sureAndRight: number
}

/** Somebody who knows the code answers truthfully, and says so when no answer fits. */
function guided(
  consignments: readonly Seen[],
  classifierOf: (sample: Sample) => Classifier,
): Guided {
  const ends = consignments.map((seen) => {
    const { sample, isRefused } = seen
    const classifier = classifierOf(sample)
    const answers: Answered[] = []
    let turn = classify(classifier, sample.text)
    while (turn.state !== 'sure' && turn.question && answers.length < mostAnswers) {
      const answer = truthful(turn.question.answers, sample.code)
      answers.push({ question: turn.question.id, answer })
      turn = classify(classifier, sample.text, { answers })
    }
    return { isRefused, isSure: turn.state === 'sure', isRight: turn.code === sample.code }
  })
  return {
    ended: share(ends, ({ isRight }) => isRight),
    endedOrRefused: share(ends, ({ isRight, isRefused }) => isRight && !isRefused),
    sure: share(ends, ({ isSure }) => isSure),
    sureAndRight: share(
      ends.filter(({ isSure }) => isSure),
      ({ isRight }) => isRight,
    ),
  }
}

function truthful(
  answers: readonly { id: string; codes: readonly string[] }[],
  code: string,
): string {
  let best = { id: noneOfThese, length: 0 }
  for (const { id, codes } of answers)
    for (const prefix of codes)
      if (code.startsWith(prefix) && prefix.length > best.length)
        best = { id, length: prefix.length }
  return best.id
}

function turnTimes(classifier: Classifier, { consignments }: Sets): Figure[] {
  const times = consignments.map(({ text }) => {
    const begun = now()
    classify(classifier, text)
    return now() - begun
  })
  return [
    { name: 'classify: one turn, the median', value: median(times), unit: 'ms' },
    {
      name: 'classify: one turn, p99',
      value: percentile(times, 99),
      unit: 'ms',
      bar: { of: 'figure', most: 10 },
    },
  ]
}

/** By hand: what goes into src/nomenclature/coefficients.ts, fitted on the open half. */
if (import.meta.main)
  console.log(fitConfidence(openFacts()).map((each) => Math.round(each * 1000) / 1000))
