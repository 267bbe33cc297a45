// Countries as a reader looks for them: by their names in the reader's language, destinations by part of the world.
import { countries } from '../../basis/country.ts'
import type { Choice, Language } from '../../ui/index.ts'

/** Parts of the world after the United Nations' M49, the largest group of our destinations first. */
export const worldParts = {
  asia: `AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV
    MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE`,
  europe: `AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU
    LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA`,
  africa: `AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY MA MG ML
    MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW`,
  americas: `AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM
    KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI`,
  oceania: `AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS`,
} as const
export type WorldPart = keyof typeof worldParts

/** Every country as a choice, in the order of its name. */
export function countryChoices(language: Language): Choice[] {
  return inOrder(countries, language).map((code) => ({
    value: code,
    label: language.country(code),
  }))
}

export function inOrder(codes: readonly string[], language: Language): string[] {
  const collator = new Intl.Collator(language.locale)
  return codes
    .map((code) => ({ code, name: language.country(code) }))
    .sort((a, b) => collator.compare(a.name, b.name))
    .map(({ code }) => code)
}

export type DestinationGroup = { part: WorldPart; codes: string[] }

export function groupDestinations(
  destinations: readonly string[],
  language: Language,
): DestinationGroup[] {
  return (Object.keys(worldParts) as WorldPart[]).flatMap((part) => {
    const members = new Set(worldParts[part].split(/\s+/))
    const codes = destinations.filter((code) => members.has(code))
    return codes.length > 0 ? [{ part, codes: inOrder(codes, language) }] : []
  })
}

/** What a first-time reader compares: large markets on each continent, those first whose law is held the fullest. */
const usual = ['SG', 'GB', 'DE', 'JP', 'AU', 'IN', 'US', 'CN', 'NZ', 'FR', 'MY', 'CA']

export function usualDestinations(destinations: readonly string[], from: string): string[] {
  return usual.filter((code) => code !== from && destinations.includes(code)).slice(0, 8)
}
