// XML 1.0 out of plain text. What is no character of XML was taken out of the texts before (clean-receipt.ts).

/** An element with text. */
export function element(
  name: string,
  text: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<${name}${written.join('')}>${escaped(text)}</${name}>`
}

/** An element of elements; what is false or undefined is left out. */
export const group = (name: string, ...children: readonly (string | false | undefined)[]): string =>
  `<${name}>${children.filter(Boolean).join('')}</${name}>`

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => named[sign] ?? '')
