export interface CommandOutcomeTable {
  actor: string
  kind: string
  key: string
  request_hash: string
  status: number
  body: string
  at: string
}

declare module './tables.ts' {
  interface Tables {
    command_outcomes: CommandOutcomeTable
  }
}
