// Text that people typed, kept as it will be seen. Characters that cannot be seen make two names out of one, and some
// turn the direction of what stands around them; both are made for deceiving (Unicode TR 36 and TR 39).

/**
 * Text as it may be kept: composed the same way everywhere, well formed, without the control characters that
 * PostgreSQL refuses or a terminal obeys, and without what cannot be seen. Tags and scripts stay as they were typed;
 * pages write them as text.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(unseen, '')
    .replaceAll(tooManyMarks, '$1')
    .normalize('NFC')
    .replaceAll(joiners, '$1')
    .normalize('NFC')
    .trim()
}

/**
 * No writing needs more than some ten marks on one letter; sorting a long run of them takes time by its square (Unicode
 * TR 15, section 12: the Stream-Safe Text Format allows 30).
 */
export const tooManyMarks = /(\p{M}{30})\p{M}+/gu

/** The same on one line. */
export const cleanLine = (text: string): string =>
  cleanText(text)
    .replaceAll(/[\s\u2800]+/g, ' ')
    .trim()

/** The beginning of a cleaned text, at most so many UTF-16 units, with no half of a sign at its end. */
export const cutText = (text: string, most: number): string =>
  text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()

/** Whether anything of a cleaned text can be read: a name needs a letter or a digit. */
export const isReadable = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/** Controls, format characters, and all that is drawn as nothing at all, such as the fillers of Hangul. */
const unseen = new RegExp(
  String.raw`[[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]--[\n\t\u200C\u200D\uFE0F]]`,
  'gv',
)

/** The signs of Indic scripts that kill a vowel: a joiner beside one chooses how a cluster is written. */
const virama = String.raw`[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]`
const marks = String.raw`[\p{M}--\uFE0F]*`
/** Scripts whose letters join: a non-joiner between two of them is seen, as in Persian. */
const joined = String.raw`[[\p{sc=Arab}\p{sc=Syrc}\p{sc=Nkoo}]&&\p{L}]`
const picture = String.raw`\p{Extended_Pictographic}`

/** Where RFC 5892 (appendix A) or an emoji needs a joiner; anywhere else it only makes a twin of a name. */
const needed = [
  String.raw`(?<=\p{L}${marks}${virama})[\u200C\u200D]`,
  String.raw`(?<=\p{L})[\u200C\u200D](?=${marks}${virama})`,
  String.raw`(?<=${joined})\u200C(?=${joined})`,
  String.raw`(?<=${picture}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=${picture})`,
  String.raw`(?<=${picture})\uFE0F`,
].join('|')

const joiners = new RegExp(String.raw`(${needed})|[\u200C\u200D\uFE0F]`, 'gv')
