import type { Language } from '../../ui/index.ts'
import type { HubRole } from '../actor.ts'
import '../words.ts'

const keys = {
  operator: 'parties.role.operator',
  'customs-officer': 'parties.role.customsOfficer',
  carrier: 'parties.role.carrier',
  financier: 'parties.role.financier',
  'zone-authority': 'parties.role.zoneAuthority',
} as const

export const roleWord = ({ t }: Language, role: HubRole): string => t(keys[role])
