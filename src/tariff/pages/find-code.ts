// From the question of price to guided classification and back. The way there carries the whole form in `next`, so that
// nothing typed is lost; the way back adds `found`, the code, and the words it was found by.
import { formatTariffCode, parseTariffCode } from '../../basis/hs.ts'

const goodsNumber = /^\d{1,3}$/

/** The two pages that ask for a code. */
type Asking = '/cost/question' | '/cost/markets'

/** Where a reader is led who does not know the code of goods `find`; undefined when nobody asked. */
export function wayToClassify(form: URLSearchParams, from: Asking): string | undefined {
  const number = form.get('find') ?? ''
  if (!goodsNumber.test(number)) return undefined
  const back = typed(form)
  back.set('line', number)
  const query = new URLSearchParams({ next: `${from}?${back}` })
  const words = form.get(`goods-${number}`)?.trim()
  if (words) query.set('classify-text', words)
  return `/classify?${query}`
}

/** The form as it was left, with the code that was found for goods `line`; undefined when none was. */
export function wayBack(form: URLSearchParams, to: Asking): string | undefined {
  const number = form.get('line') ?? ''
  const code = parseTariffCode(form.get('found') ?? '')
  if (!goodsNumber.test(number) || !code) return undefined
  const back = typed(form)
  const put = (name: string, value: string): void => {
    if (value === '') back.delete(`${name}-${number}`)
    else back.set(`${name}-${number}`, value)
  }
  put('code', formatTariffCode(code))
  put('code-of', code.length > 6 ? (form.get('found-of') ?? '') : '')
  if (!back.get(`goods-${number}`)?.trim()) put('goods', form.get('found-text') ?? '')
  return `${to}?${back}#code-${number}`
}

/** What somebody entered, without what only leads from page to page. */
function typed(form: URLSearchParams): URLSearchParams {
  const leading = ['find', 'line', 'found', 'found-of', 'found-text', 'add', 'remove']
  return new URLSearchParams(
    [...form].filter(([name, value]) => value !== '' && !leading.includes(name)),
  )
}
