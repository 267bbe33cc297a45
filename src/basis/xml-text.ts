import { cleanLine } from './clean-text.ts'

// Text as XML 1.0 may hold it. What cannot be seen is left out, and with it every control character; the two signs
// that XML forbids beside those go as well.

/** The text on one line, cut after so many code points and escaped; empty where nothing is left of it. */
export const xmlText = (text: string, most: number): string =>
  escape([...seen(text)].slice(0, most).join('').trimEnd())

/** Whether an identifier may stand as it is: cut, it would name something else. */
export const isWhole = (text: string, most: number): boolean =>
  text !== '' && seen(text) === text && [...text].length <= most

/** An element, left out where it would be empty: the standard has no empty text. */
export const element = (name: string, content: string): string =>
  content === '' ? '' : `<${name}>${content}</${name}>`

const seen = (text: string): string => cleanLine(text.replaceAll(/[\uFFFE\uFFFF]/g, ''))

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
