// The letters of a PDF come from packages (SIL Open Font License 1.1), never from the machine a hub runs on, so a receipt
// looks the same everywhere. A face is opened when its first letter is needed, and then kept: the Chinese one takes a while.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { refused, type Refused } from '../../basis/refusal.ts'
import { unpackWoff } from './unpack-woff.ts'

/** A font as `fontkit` opens it; `pdfkit` takes it as it is. */
type OpenedFont = { hasGlyphForCodePoint(codePoint: number): boolean }

export type Face = {
  name: string
  font: OpenedFont
  rightToLeft: boolean
}

/** The face that has a sign, bold where there is a bold one; undefined when no face has it. */
export type Fonts = { faceFor(sign: string, bold: boolean): Face | undefined }

type FaceSource = {
  name: string
  package: string
  /** The file by weight. */
  file(weight: 400 | 700): string
  /** What it is opened for. */
  letters: RegExp
  oneWeight?: true
  /** No language of ours is written with it: a hub may do without. */
  mayBeMissing?: true
}

const noto = (name: string, letters: RegExp, from = 'noto-sans'): FaceSource => ({
  name,
  package: `@fontsource/${from}`,
  file: (weight) => `files/${from}-${name}-${weight}-normal.woff`,
  letters,
})

const hans = (name: string, file: string, letters: RegExp): FaceSource => ({
  name,
  package: '@librescore/fonts',
  file: () => file,
  letters,
  oneWeight: true,
})

const latin = /[\p{sc=Latn}\p{sc=Zyyy}\p{sc=Zinh}]/u

/** In the order in which they are asked for a sign. */
const sources: readonly FaceSource[] = [
  noto('latin', latin),
  noto('thai', /\p{sc=Thai}/u, 'noto-sans-thai'),
  hans(
    'han',
    'SourceHanSansCN.min.woff2',
    /[\p{sc=Hani}\p{sc=Bopo}\p{sc=Hira}\p{sc=Kana}\u3000-\u30FF\uFF00-\uFFEF]/u,
  ),
  noto('latin-ext', latin),
  noto('vietnamese', latin),
  { ...noto('arabic', /\p{sc=Arab}/u, 'noto-sans-arabic'), mayBeMissing: true },
  noto('cyrillic', /\p{sc=Cyrl}/u),
  noto('cyrillic-ext', /[\p{sc=Cyrl}\u2116]/u),
  noto('greek', /\p{sc=Grek}/u),
  noto('greek-ext', /\p{sc=Grek}/u),
  noto('devanagari', /\p{sc=Deva}/u),
  hans('hangul', 'SourceHanSansKR.min.woff2', /\p{sc=Hang}/u),
]

/**
 * The faces of the packages that can be found from a file of ours. Refused as `receipt-fonts-missing`, with the
 * packages, when one cannot: a receipt with holes in it is none.
 */
export function openFonts(from: string = import.meta.url): Fonts | Refused {
  const { resolve } = createRequire(from)
  const paths = new Map<string, string>()
  const missing = new Set<string>()
  for (const source of sources)
    for (const weight of [400, 700] as const)
      try {
        const path = resolve(`${source.package}/${source.file(weight)}`)
        paths.set(`${source.name} ${weight}`, path)
      } catch {
        if (!source.mayBeMissing) missing.add(source.package)
      }
  if (missing.size > 0)
    return refused('receipt-fonts-missing', { packages: [...missing].join(', ') })
  return facesOf(paths)
}

function facesOf(paths: ReadonlyMap<string, string>): Fonts {
  // The very one that pdfkit brings: a font opened by another would not be its.
  const open = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit') as {
    create(file: Uint8Array): OpenedFont
  }
  const opened = new Map<string, Face>()
  const openFace = ({ name, oneWeight }: FaceSource, bold: boolean): Face => {
    const id = `${name} ${bold && !oneWeight ? 700 : 400}`
    const face = opened.get(id) ?? {
      name: id,
      font: open.create(unpackWoff(readFileSync(paths.get(id) ?? ''))),
      rightToLeft: name === 'arabic',
    }
    opened.set(id, face)
    return face
  }
  return {
    faceFor(sign, bold) {
      const codePoint = sign.codePointAt(0) ?? 0
      for (const source of sources) {
        if (!source.letters.test(sign) || !paths.has(`${source.name} 400`)) continue
        const face = openFace(source, bold)
        if (face.font.hasGlyphForCodePoint(codePoint)) return face
      }
      return undefined
    },
  }
}
