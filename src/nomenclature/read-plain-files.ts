// The folder plain/ read whole. The only place of this capability that touches the disk.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlainFiles } from './plain.ts'

export const plainFolder = join(import.meta.dirname, 'plain')

export function readPlainFiles(folder: string = plainFolder): PlainFiles {
  const names = readdirSync(folder).sort()
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const optional = (name: string): string => (existsSync(join(folder, name)) ? read(name) : '')
  return {
    entries: names.filter((name) => /^\d\d\.tsv$/.test(name)).map(read),
    questions: names.filter((name) => /^\d\d\.questions\.tsv$/.test(name)).map(read),
    terms: optional('terms.tsv'),
    brands: optional('brands.tsv'),
    cues: optional('cues.tsv'),
    attributes: optional('attributes.tsv'),
    phrases: optional('phrases.tsv'),
    counts: optional('counts.tsv'),
    learnt: optional('learnt.tsv'),
  }
}
