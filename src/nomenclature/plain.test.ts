import { describe, expect, test } from 'vitest'
import { readEntries, readQuestions, readTerms, type Entry } from './plain.ts'
import { sharpen } from './questions.ts'
import { readPlainFiles } from './read-plain-files.ts'
import { growTree } from './tree.ts'

const files = readPlainFiles()
const entries = files.entries.flatMap(readEntries)
const tree = growTree(entries)
const plain = files.questions.flatMap(readQuestions)
const ofLength = (length: number): string[] => tree.codes.filter((code) => code.length === length)

describe('the plain nomenclature', () => {
  // The list of the edition counts one more of each: 9999.99, commodities not specified, is no code of the HS.
  test('holds all of HS 2022', () => {
    expect([2, 4, 6].map((length) => ofLength(length).length)).toEqual([96, 1228, 5612])
  })

  test('names chapters and headings in five languages, subheadings in English', () => {
    const nameless = tree.codes.flatMap((code) =>
      (code.length === 6 ? (['en'] as const) : (['en', 'zh', 'ms', 'th', 'fr'] as const))
        .filter((language) => !tree.nameOf(code, language))
        .map((language) => `${code} ${language}`),
    )
    expect(nameless).toEqual([])
  })

  test('says each code once in each language', () => {
    const keys = entries.map(({ code, lang }: Entry) => `${code} ${lang}`)
    expect(keys.length).toBe(new Set(keys).size)
  })

  test('has a question that tells any two siblings apart', () => {
    const questions = sharpen(plain, tree)
    const answersOf = (code: string): string => {
      const place = tree.placeOfSubheading(code) as number
      return questions.all
        .filter(({ scope }) => code.startsWith(scope))
        .map(({ members, answerOf }) => answerOf[members.indexOf(place)] ?? '-')
        .join(' ')
    }
    const alike = ofLength(4).flatMap((heading) => {
      const byAnswers = Map.groupBy(tree.childrenOf(heading), answersOf)
      return [...byAnswers.values()].filter((codes) => codes.length > 1)
    })
    expect(alike).toEqual([])
  })

  test('asks with two to eight answers, each under its scope', () => {
    const odd = plain.filter(
      ({ scope, answers }) =>
        answers.length < 2 ||
        answers.length > 8 ||
        answers.some(({ codes }) => codes.some((code) => !code.startsWith(scope))),
    )
    expect(odd).toEqual([])
  })

  test('takes words of the official index only to codes that exist', () => {
    const terms = readTerms(files.terms)
    expect(terms.length).toBeGreaterThan(3000)
    expect(terms.filter(({ code }) => !tree.has(code))).toEqual([])
  })
})
