/**
 * Every table by its name. A capability adds its own from its `schema.ts`, so that one Kysely type
 * knows them all:
 *
 *     declare module '../db/tables.ts' {
 *       interface Tables {
 *         rule_versions: RuleVersionTable
 *       }
 *     }
 */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type
export interface Tables {}
