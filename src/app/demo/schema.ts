export type DemoPart = 'seller' | 'visitor' | 'officer' | 'operator'

export interface DemoWorldTable {
  home_hub: string
  seed: number
  begun_at: string
  finished_at: string | null
}

export interface DemoPersonTable {
  home_hub: string
  person_id: string
  part: DemoPart
  position: number
  business_name: string | null
}

declare module '../../db/tables.ts' {
  interface Tables {
    demo_worlds: DemoWorldTable
    demo_people: DemoPersonTable
  }
}
