import { expect, test } from 'vitest'
import { checklistSteps } from './checklist.ts'

test('the checklist shows what is done, what was put aside and what is next; of what no capability knows, nothing', () => {
  const open = (href: string) => ({ done: false, href })
  const facts = {
    identity: { done: true, href: '/i' },
    'first-product': open('/p'),
    shipping: open('/s'),
    payout: open('/money'),
  }
  const steps = checklistSteps(facts, new Set(['first-product', 'test-order']))
  expect(steps.map(({ id, state, href }) => `${id} ${state} ${href}`)).toEqual([
    'identity done /i',
    'first-product skipped /p',
    'shipping current /s',
    'payout open /money',
  ])
})
