// What sellers write around the thing: colours, sizes, quantities, praise, the words of orders. It says nothing about
// the code, or so little that it never decides. A few signs of it do say something: millilitres are no T-shirt.
import { stem } from './stem.ts'

const colours =
  'black white red green blue navy grey gray brown pink purple orange yellow beige ivory khaki teal turquoise burgundy maroon lilac lavender charcoal golden nude mint coral multi multicolour multicolor assorted dark light bright neon pale noir blanc rouge vert bleu gris rose jaune marron hitam putih merah hijau biru kelabu kuning coklat'
const amounts =
  'pack packs pk pkt packet pcs pc piece pieces pce set sets pair pairs bundle lot dozen boxed qty quantity ct count each size sizes small medium large xl xxl xs xxxl sm md lg regular slim extra jumbo mini big giant single double twin triple one two three four five six seven eight nine ten twelve standard std full half inch inches cm mm ml cl litre liter ltr kg gram grams oz lb lbs ft metre meter pcs lots unit units x s m l year years yr yrs month months age ages'
const praise =
  'new best free sale gift gifts limited edition special offer original genuine authentic official premium luxury quality super ultra deluxe classic modern vintage retro style stylish fashion fashionable trendy cute lovely beautiful perfect ideal hot great good amazing professional pro plus max basic essential essentials everyday collection range series design designer brand branded generic cheap value perfect popular latest version model random mixed mix various personalised personalized custom customised handmade unique funny cool stunning gorgeous fresh'
const order =
  'item items product products goods order delivery shipping tracked postage parcel package sample samples misc miscellaneous other others general merchandise stuff thing things return returned damaged commercial value no not number code ref sku ean upc model type kind non and or the a an of to in on at by as is it this that your my our his her you me i we all any with for from without inc incl including w c p b n u r t d e f g h j k o q v y z'
const months =
  'january february march april june july august september october november december xmas christmas birthday easter halloween valentine valentines anniversary wedding party'
const people = 'men mens women womens ladies lady boy boys girl girls kid kids unisex adult adults'

/** Stems that carry almost nothing, and stems that carry little. */
export const emptyWords: ReadonlySet<string> = stems(`${amounts} ${order}`)
export const faintWords: ReadonlySet<string> = stems(`${colours} ${praise} ${months} ${people}`)
/** Who wears it: of little weight as a word, and yet part of a name. */
export const wearers: ReadonlySet<string> = stems(people)

/** How much a word of each class weighs beside a word that names something. */
export const faintWeight = 0.3
export const emptyWeight = 0.05

export type Sign = 'volume' | 'mass' | 'power' | 'garment-size' | 'dose' | 'spf' | 'storage'

const signs: readonly (readonly [Sign, RegExp])[] = [
  ['volume', /\b\d+(?:[.,]\d+)?\s?(?:ml|cl|fl\.? ?oz|ltrs?|l)\b/],
  ['mass', /\b\d+(?:[.,]\d+)?\s?(?:g|gm|gr|grams?|kg|oz)\b/],
  ['power', /\b\d+(?:[.,]\d+)?\s?(?:w|watts?|kw|v|volts?|mah|amp)\b/],
  ['garment-size', /\b(?:xx?s|xx?x?l|\d+xl|(?:uk|us|eu) ?\d{1,2}|size (?:s|m|l|\d+))\b/],
  ['dose', /\b(?:\d+ ?(?:mg|mcg|iu)|\d+ ?(?:caps|tabs|capsules|tablets))\b/],
  ['spf', /\bspf ?\d+/],
  ['storage', /\b\d+ ?(?:gb|tb)\b/],
]

/** What amounts with their units tell, from the folded text. */
export const signsOf = (folded: string): Sign[] =>
  /\d/.test(folded) ? signs.filter(([, pattern]) => pattern.test(folded)).map(([sign]) => sign) : []

/** Chapters in which goods are sold by such an amount. */
export const chaptersOf: Readonly<Record<Sign, readonly string[]>> = {
  volume: '04 09 15 20 21 22 30 32 33 34 35 38 27 31 39 70 73'.split(' '),
  mass: '02 03 04 06 07 08 09 10 11 12 13 15 16 17 18 19 20 21 23 25 28 29 30 31 32 33 34 35 38'.split(
    ' ',
  ),
  power: '84 85 94 95'.split(' '),
  'garment-size': '61 62 64 42 43 65 63 95'.split(' '),
  dose: '21 30 29'.split(' '),
  spf: '33'.split(' '),
  storage: '84 85'.split(' '),
}

function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map((word) => stem(word, 'en')))
}
