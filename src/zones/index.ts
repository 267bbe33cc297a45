/**
 * Virtual free trade zones, so far what they and customs schemes limit per person and year: one example is the Chinese
 * scheme for retail imports by cross-border e-commerce, 26,000 yuan for each buyer in a calendar year. The limits
 * themselves are rules with their dates and sources (rules/CN/schemes.yaml); here is kept what of them was used.
 */
export {
  findUsed,
  giveBackAllowance,
  loadAllowances,
  useAllowance,
  writeAllowances,
} from './allowances.ts'
export type { AllowanceDraft, AllowanceKey } from './allowances.ts'
