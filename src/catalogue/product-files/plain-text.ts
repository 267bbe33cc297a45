// Descriptions come as HTML. The hub shows text: tags become line ends or nothing, and what a script or a style sheet
// says goes with its tag. Pages write what is left as text again, so nothing of it is ever run. Pure.

const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—' },
  ...{ rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', hellip: '…', bull: '•', middot: '·' },
  ...{ eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', ouml: 'ö', uuml: 'ü', auml: 'ä' },
  ...{ times: '×', deg: '°', frac12: '½', copy: '©', reg: '®', trade: '™', euro: '€', pound: '£' },
}

/** Text without a tag of HTML stays as it is, also with a `<` in it. */
export function plainText(html: string): string {
  if (!/<[a-z!/]|&[#a-z]/i.test(html)) return html.replaceAll('\r\n', '\n').trim()
  return withoutTags(html)
    .replaceAll(/&(#x?[0-9a-f]{1,6}|[a-z][a-z0-9]{1,9});/gi, (whole, name: string) =>
      entityOf(name, whole),
    )
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** A comment, or one of the names that shops write; `<scarf>` is a word in brackets. */
const isTag = (text: string): boolean => text.startsWith('<!--') || names.test(text)

const names = new RegExp(
  `^</?(${[
    ...['a', 'abbr', 'article', 'aside', 'audio', 'b', 'big', 'blockquote', 'body', 'br', 'button'],
    ...['center', 'code', 'col', 'colgroup', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'embed'],
    ...['fieldset', 'figcaption', 'figure', 'font', 'footer', 'form', 'h[1-6]', 'head', 'header'],
    ...['hr', 'html', 'i', 'iframe', 'img', 'input', 'ins', 'label', 'li', 'link', 'main', 'meta'],
    ...['nav', 'noscript', 'object', 'ol', 'option', 'p', 'picture', 'pre', 's', 'script'],
    ...['section', 'select', 'small', 'source', 'span', 'strike', 'strong', 'style', 'sub', 'sup'],
    ...['svg', 'table', 'tbody', 'td', 'template', 'textarea', 'tfoot', 'th', 'thead', 'title'],
    ...['tr', 'u', 'ul', 'video'],
  ].join('|')})[\\s/>]`,
  'i',
)

const silent = /^(script|style|template|noscript|iframe|object|svg)$/i
const lines = /^(p|div|br|li|ul|ol|tr|table|h[1-6]|section|article|blockquote|hr|dd|dt)$/i

/** One pass from left to right: whatever the tags, each sign is looked at once. */
function withoutTags(given: string): string {
  let html = given
  const parts: string[] = []
  // Where tags say where a line ends, line ends of the file are blanks.
  if (/<(p|br|div|li|tr|h[1-6])\b/i.test(html)) {
    // Line by line, as an expression that looks for blanks before a line end takes time by their square.
    const lines = html.split('\n').map((line) => line.trim())
    html = lines.join(' ')
  }
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open < 0) break
    parts.push(html.slice(at, open))
    if (!isTag(html.slice(open, open + 30))) {
      parts.push('<')
      at = open + 1
      continue
    }
    const close = html.indexOf('>', open)
    if (close < 0) return parts.join('') // a tag that never ends
    const name = /^<\/?([a-z][a-z0-9]*)/i.exec(html.slice(open, open + 20))?.[1] ?? ''
    at = html.startsWith('<!--', open) ? after(html, '-->', open) : close + 1
    if (silent.test(name) && html[open + 1] !== '/' && html[close - 1] !== '/')
      at = after(html, `</${name}`, close)
    if (lines.test(name)) parts.push('\n')
    if (/^li$/i.test(name) && html[open + 1] !== '/') parts.push('• ')
  }
  parts.push(html.slice(at))
  return parts.join('')
}

/** The place behind the end of what is left out; the end of all where it never ends. */
function after(html: string, end: string, from: number): number {
  const wanted = new RegExp(end, 'gi')
  wanted.lastIndex = from
  const found = wanted.exec(html)
  if (!found) return html.length
  const close = html.indexOf('>', found.index)
  return close < 0 ? html.length : close + 1
}

function entityOf(name: string, whole: string): string {
  if (!name.startsWith('#')) return entities[name] ?? entities[name.toLowerCase()] ?? whole
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 31 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : ' '
}

/** What PostgreSQL takes in text. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '')
