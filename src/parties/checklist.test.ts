import { expect, test } from 'vitest'
import { checklistSteps } from './checklist.ts'

test('the checklist shows what is done, what is next, and what this hub cannot do yet', () => {
  const open = (href: string) => ({ done: false, href })
  const steps = checklistSteps(
    { identity: { done: true, href: '/i' }, 'first-product': open('/p'), shipping: open('/s') },
    new Set(['first-product', 'payout']),
  )
  expect(steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
    'identity done',
    'first-product skipped',
    'hs-code not-built',
    'prices-markets not-built',
    'shipping current',
    'payout not-built',
    'test-order not-built',
    'publish not-built',
  ])
})
