export interface RuleVersionTable {
  territory: string
  rule_id: string
  /** SHA-256 of the body, in hex. */
  digest: string
  body: unknown
  first_seen_at: string
}

declare module '../db/tables.ts' {
  interface Tables {
    rule_versions: RuleVersionTable
  }
}
