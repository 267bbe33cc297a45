import { importSchedule, textOf, type Format, type SourceFile } from './import-schedule.ts'
import {
  footnoteLinks,
  importProductLists,
  writeLinks,
  writeProductLists,
} from './us-section-301.ts'
import { importChapter99, writeChapter99 } from './us-chapter-99.ts'

/** Schedules in rules/ and the reference files they were carried from, below `tariffs/`. */
export const shippedFrom: ReadonlyArray<{
  readonly csv: string
  readonly format: Format
  readonly files: readonly string[]
}> = [
  { csv: 'US/tariff/2024-11.csv', format: 'us-hts', files: ['us/hts-2024-11.csv.gz'] },
  {
    csv: 'US/tariff/2026-04-ch61-62.csv',
    format: 'us-hts',
    files: ['us/hts-chapter-61-2026.json.gz', 'us/hts-chapter-62-2026.json.gz'],
  },
  {
    csv: 'EU/tariff/2021-01.csv',
    format: 'eu-cet',
    files: ['uk-eu/ukgt-and-eu-cet-2021.csv.gz'],
  },
  {
    csv: 'GB/tariff/2021-01.csv',
    format: 'gb-ukgt',
    files: ['uk-eu/ukgt-and-eu-cet-2021.csv.gz'],
  },
  { csv: 'JP/tariff/2026-07.csv', format: 'japan', files: ['jp/japan-tariff-2026.json.gz'] },
  {
    csv: 'AU/tariff/2026.csv',
    format: 'australia',
    files: ['au/tariff-schedule3.json.gz', 'au/tariff-schedules-fta.json.gz'],
  },
  { csv: 'ET/tariff/2017.csv', format: 'ethiopia', files: ['et/ethiopia-tariff-2017.csv.gz'] },
  {
    csv: 'VN/tariff/2026-01.csv',
    format: 'viet-nam',
    files: ['vn/viet-nam-tariff-2026-01.csv.gz'],
  },
  { csv: 'EAEU/tariff/2026-06.csv', format: 'eaeu', files: ['eaeu/eaeu-cet-2026-06.csv.gz'] },
  {
    csv: 'NO/tariff/2026-02-preferences.csv',
    format: 'norway',
    files: ['no/norway-preferences-2026-02.csv.gz'],
  },
]

/** Every csv in rules/ that comes from an official file: path below rules/ -> text. */
export function makeShippedFiles(read: (path: string) => SourceFile): Map<string, string> {
  const made = makeMeasureFiles(read)
  for (const { csv, format, files } of shippedFrom) {
    made.set(csv, importSchedule(format, files.map(read)).csv)
  }
  return made
}

/** The lists of additional duties of the United States, a part of `makeShippedFiles`. */
export function makeMeasureFiles(read: (path: string) => SourceFile): Map<string, string> {
  const source = (path: string): { text: string; file: string } => {
    const file = read(path)
    // The text of the pdf is in the encoding of its fonts, not in UTF-8.
    return { text: textOf(file, path.endsWith('.txt.gz') ? 'latin1' : 'utf-8'), file: file.name }
  }
  const chapter99 = source('us/hts-chapter-99-2026.json.gz')
  const headings = importChapter99(chapter99.text, chapter99.file)
  const made = new Map([['US/measures/chapter-99-2026-04.csv', writeChapter99(headings)]])
  const lists = importProductLists(
    source('us/chapter99-2026-rev6.txt.gz'),
    source('us/hts-2024-11.csv.gz'),
  )
  for (const [name, csv] of writeProductLists(lists, headings)) made.set(`US/measures/${name}`, csv)
  const links = ['61', '62'].flatMap((chapter) => {
    const { text, file } = source(`us/hts-chapter-${chapter}-2026.json.gz`)
    return footnoteLinks(text, file)
  })
  return made.set('US/measures/links-2026-04-ch61-62.csv', writeLinks(links))
}
