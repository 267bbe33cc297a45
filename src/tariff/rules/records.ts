// Records of the rules as the code sees them once a file is read: citations in place, the shapes of schema.ts.
import type { z } from 'zod'
import type {
  agreement,
  cover,
  exchange,
  fee,
  groupsSchema,
  measure,
  mfnException,
  regime,
  relief,
  restriction,
  rounding,
  schedule,
  tax,
  treatment,
  valuation,
  waiver,
} from './schema.ts'
import type { valueTest, lineCondition, basketCondition, base } from './schema-parts.ts'

export type Citation = {
  readonly title: string
  readonly publisher: string
  readonly url: string
  readonly read: string
  readonly note?: string | undefined
}
type Sourced<T> = Omit<T, 'citation'> & { citation: Citation }
export type LineCondition = z.infer<typeof lineCondition>
export type BasketCondition = z.infer<typeof basketCondition>
export type ValueTest = z.infer<typeof valueTest>
export type Treatment = z.infer<typeof treatment>
export type Regime = Sourced<z.infer<typeof regime>>
export type Relief = Sourced<z.infer<typeof relief>>
export type Waiver = Sourced<z.infer<typeof waiver>>
export type Tax = Sourced<z.infer<typeof tax>>
export type Fee = Sourced<z.infer<typeof fee>>
export type Agreement = Sourced<z.infer<typeof agreement>>
export type Measure = Sourced<z.infer<typeof measure>>
export type Restriction = Sourced<z.infer<typeof restriction>>
export type Rounding = Sourced<z.infer<typeof rounding>>
export type Cover = z.infer<typeof cover>
export type Valuation = Sourced<z.infer<typeof valuation>>
export type ExchangeRule = Sourced<z.infer<typeof exchange>>
export type ScheduleRecord = Sourced<z.infer<typeof schedule>>
export type MfnException = Sourced<z.infer<typeof mfnException>>
export type BasePart = z.infer<typeof base>[number]
export type Group = NonNullable<z.infer<typeof groupsSchema>['groups']>[number]
