// Units of the official texts as UN/CEFACT Recommendation 20 codes. Where a tariff charges on one
// substance in the goods (lead content, total sugars, clean wool) the code is KNS, kilogram of a
// named substance; which one the tariff line itself says.

/** What one tariff writes, in lower case without blanks and dots, and the unit meant. */
export type UnitTable = ReadonlyMap<string, string>

const table = (text: string): UnitTable =>
  new Map(
    text
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [code = '', ...names] = line.trim().split(/\s+/)
        return names.map((name) => [name, code] as const)
      }),
  )

const key = (text: string): string => text.toLowerCase().replace(/[\s.]/g, '')

export const unitOf = (units: UnitTable, text: string): string | undefined => units.get(key(text))

/** Statistical and rate units of the US HTS, Canada's tariff and Australia's Working Tariff. */
export const english = table(`
  KGM kg kgm
  GRM g
  TNE t tonne tonnes mt
  CTM carat carats ctm
  LTR l liter liters litre litres ltr
  HLT hl hlt
  LPA lal litreofalcohol
  PFL pfliter pfliters
  BLL bbl
  MTK m2 m² sm mtk
  CMK cm2
  MTQ m3 m³ cu mtq
  MTR m linm mtr
  C62 no each head article pcs item stick nmb un
  NPR prs pr pair pairs par npr
  DZN doz dozpcs dzpcs dzn
  DPR dozprs
  GRO gross gro
  CEN hundreds
  MIL thousand thousands th mil
  MWH mwh
  GBQ gbq
  SQR square
`)
