/** Modules of white around a QR code (ISO/IEC 18004: four), without which readers do not find it. */
const quiet = 4

/**
 * A QR code as SVG, of error correction level M: black on white in every colour scheme, for a reader needs the contrast.
 * It fills the width it is given. `title` is what a screen reader says, in the language of the page. A text that no QR
 * code can hold (over 2,331 bytes) is a fault.
 */
export async function qrPicture(text: string, title: string): Promise<string> {
  const rows = await rowsOf(text)
  const side = rows.length + 2 * quiet
  const dark = rows.map((row, index) => lineOf(row, index + quiet)).join('')
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<title>${escapeText(title)}</title><path fill="#fff" d="M0 0h${side}v${side}H0z"/>` +
    `<path stroke="#000" d="${dark}"/></svg>`
  )
}

/** The dark modules of a row as strokes one module high: move to the start, then draw and leap in turn. */
function lineOf(row: string, y: number): string {
  const runs = row.match(/1+|0+/g) ?? []
  const strokes = runs.map((run) => (run.startsWith('1') ? `h${run.length}` : `m${run.length} 0`))
  return `M${quiet} ${y}.5${strokes.join('')}`
}

/**
 * Its modules row by row, `1` for dark. The library is two megabytes of code and one picture takes some 10 ms, so it is
 * loaded by the first picture and not by the hub's start.
 */
async function rowsOf(text: string): Promise<string[]> {
  const { default: bwip } = await import('bwip-js/node')
  const [code] = bwip.raw('qrcode', text, 'eclevel=M')
  if (!code || !('pixs' in code)) throw new TypeError('the library drew no QR code')
  return code.pixs.join('').match(new RegExp(`.{${code.pixx}}`, 'g')) ?? []
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
