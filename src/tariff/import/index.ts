// Tariff import: the schedules that customs authorities publish, each in a format and a language
// of its own, brought into the one neutral csv of docs/rules-schema.md section 5. A rate is either
// understood as a whole, or kept as `?` and its official text; nothing is guessed. Only figures
// are carried over (codes, rate texts, units), never descriptions of goods. Sources: USITC (HTS),
// HM Government (UK Global Tariff and EU Common External Tariff), Japan Customs, Australian Border
// Force, Ethiopian Customs, Viet Nam Customs, Eurasian Economic Commission, Norwegian Customs,
// CBSA.

export {
  formats,
  importSchedule,
  isFormat,
  type Format,
  type ImportReport,
  type SourceFile,
} from './import-schedule.ts'
export { makeShippedFiles, shippedFrom } from './shipped.ts'
export type { NotUnderstood, Schedule, ScheduleRow } from './schedule.ts'
