import { expect, test } from 'vitest'
import { learn, readWordCounts, recall } from './learnt.ts'
import { readEntries } from './plain.ts'
import { readPlainFiles } from './read-plain-files.ts'
import { sharesOf } from './trade-shares.ts'
import { growTree } from './tree.ts'
import { tokensOf } from './words/tokenize.ts'

const files = readPlainFiles()
const tree = growTree(files.entries.flatMap(readEntries))
const rates = sharesOf(tree, new Map())

test('a word speaks for the goods it stood with, most for the subheading, and for no other chapter', () => {
  const counts = readWordCounts('word\tcounts\nedition\t330300 4; 330499 1\n')
  const sums = recall(tokensOf('Summer Editions 50ml'), learn(counts, tree, rates), tree)
  const of = (code: string): number => {
    const { place, heading, chapter } = tree.subheadings[tree.placeOfSubheading(code)!]!
    return sums[place]! + sums[heading]! + sums[chapter]!
  }
  expect(of('330300')).toBeGreaterThan(of('330499'))
  expect(of('330499')).toBeGreaterThan(of('330510'))
  expect(of('330510')).toBeGreaterThan(of('610910'))
  expect(of('610910')).toBe(0)
})

test('what ships holds only words of two texts or more, of codes that exist', () => {
  const shipped = readWordCounts(files.learnt)
  expect(shipped.size).toBeGreaterThan(100)
  for (const [word, counts] of shipped) {
    expect(word).toMatch(/^[a-z]+$/)
    expect([...counts.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThan(1)
  }
})
