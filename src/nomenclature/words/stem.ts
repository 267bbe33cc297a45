// Light stemming: enough that a plural finds its singular, never so much that two things become one.
import type { PlainLanguage } from '../plain.ts'

/** The stem of a folded word (lower case, no accents) of a language written in Latin letters. */
export function stem(word: string, language: PlainLanguage): string {
  if (word.length < 4 && language !== 'en') return word
  if (language === 'fr') return stemFrench(word)
  if (language === 'ms') return stemMalay(word)
  return stemEnglish(word)
}

const spelling: readonly (readonly [RegExp, string])[] = [
  [/^jewell(e?)ry$/, 'jewelry'],
  [/^jewellery$/, 'jewelry'],
  [/our(s|ed|ing|less|ful)?$/, 'or$1'],
  [/^mould/, 'mold'],
  [/^grey$/, 'gray'],
  [/^pyjama/, 'pajama'],
  [/^alumini?um$/, 'aluminum'],
  [/isation$/, 'ization'],
  [/is(e|ed|er|ing)$/, 'iz$1'],
  [/^(fib|lit|met|cent|calib|theat)re(s?)$/, '$1er$2'],
  [/lled$/, 'led'],
  [/lling$/, 'ling'],
  [/aemo/, 'emo'],
  [/^doughnut/, 'donut'],
  [/^yoghurt|^yoghourt/, 'yogurt'],
  [/^moustache/, 'mustache'],
  [/^plough/, 'plow'],
  [/^sulph/, 'sulf'],
  [/ae/, 'e'],
]
/** What any of these patterns needs. */
const maySpellOtherwise = /our|is[aei]|re|ll|ae|jewel|mou|grey|pyj|alum|dough|yogh|plou|sulph/

/** Our spelled `our`, `ise`: not where the letters are the word itself. */
const asWritten = new Set([
  'our',
  'four',
  'hour',
  'tour',
  'sour',
  'flour',
  'pour',
  'noise',
  'raise',
  'cruise',
  'praise',
  'poise',
  'turquoise',
  'cerise',
  'chemise',
  'treatise',
  'exercise',
  'franchise',
  'merchandise',
  'anise',
  'rise',
  'wise',
  'mayonnaise',
  'tortoise',
  'porpoise',
  'paradise',
  'velour',
  'contour',
  'detour',
  'aerosol',
  'reggae',
  'sundae',
  'raised',
])
const unchanged = new Set([
  'glass',
  'gas',
  'lens',
  'bus',
  'canvas',
  'christmas',
  'swiss',
  'gps',
  'abs',
  'eps',
  'ups',
  'asparagus',
  'hummus',
  'citrus',
  'cactus',
  'eucalyptus',
  'hibiscus',
  'series',
  'species',
  'chess',
  'bras',
  'news',
  'its',
  'this',
  'plus',
  'us',
  'chassis',
  'tennis',
  'iris',
  'cannabis',
  'molasses',
  'analysis',
  'atlas',
  'ananas',
  'bias',
  'papyrus',
  'octopus',
  'virus',
  'walrus',
  'apparatus',
  'stylus',
  'focus',
  'cumulus',
  'lotus',
  'crocus',
  'ficus',
  'campus',
  'circus',
  'couscous',
  'trellis',
  'pelvis',
  'mantis',
  'clematis',
  'amaryllis',
])
const irregular: Readonly<Record<string, string>> = {
  knives: 'knife',
  scarves: 'scarf',
  shelves: 'shelf',
  leaves: 'leaf',
  loaves: 'loaf',
  halves: 'half',
  wolves: 'wolf',
  calves: 'calf',
  hooves: 'hoof',
  feet: 'foot',
  teeth: 'tooth',
  geese: 'goose',
  mice: 'mouse',
  men: 'man',
  mens: 'man',
  women: 'woman',
  womens: 'woman',
  man: 'man',
  children: 'child',
  childrens: 'child',
  ladies: 'lady',
  babies: 'baby',
  dice: 'die',
  lenses: 'lens',
  glasses: 'glasses',
  gases: 'gas',
  buses: 'bus',
  bras: 'bra',
  dries: 'dry',
  cookies: 'cookie',
  brownies: 'brownie',
  hoodies: 'hoodie',
  beanies: 'beanie',
  movies: 'movie',
  ties: 'tie',
  pies: 'pie',
  onesies: 'onesie',
  smoothies: 'smoothie',
  selfies: 'selfie',
  shoes: 'shoe',
  canoes: 'canoe',
  toes: 'toe',
  axes: 'axe',
  aloe: 'aloe',
  headphones: 'headphone',
  earphones: 'earphone',
  wellies: 'welly',
  undies: 'undies',
  tights: 'tight',
  lingerie: 'lingerie',
  caddies: 'caddy',
  pjs: 'pajama',
  pj: 'pajama',
}

function stemEnglish(whole: string): string {
  const word = spelledOneWay(whole)
  const special = irregular[word]
  if (special !== undefined) return special
  if (word.length < 4 || unchanged.has(word) || !word.endsWith('s') || word.endsWith('ss'))
    return word
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|x|ss|zz|[aeiou]to|[rm]ato|tato)es$/.test(word)) return word.slice(0, -2)
  return word.slice(0, -1)
}

function spelledOneWay(word: string): string {
  if (word.length < 4 || !maySpellOtherwise.test(word) || asWritten.has(word)) return word
  let spelled = word
  for (const [pattern, by] of spelling) spelled = spelled.replace(pattern, by)
  return spelled
}

function stemFrench(word: string): string {
  if (/(?:eaux)$/.test(word)) return word.slice(0, -1)
  if (/aux$/.test(word) && word.length > 5) return `${word.slice(0, -3)}al`
  let short = word
  if (/[sx]$/.test(short) && !/(?:ss|is|us|as)$/.test(short)) short = short.slice(0, -1)
  return short.length > 4 && short.endsWith('e') ? short.slice(0, -1) : short
}

function stemMalay(word: string): string {
  return word.length > 6 ? word.replace(/(?:nya|kah|lah)$/, '') : word
}
