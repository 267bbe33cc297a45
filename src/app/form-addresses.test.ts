import { expect, test } from 'vitest'
import { testDatabase } from '../../test/support/database.ts'
import { testHub } from '../../test/support/hub.ts'

const hub = testHub(await testDatabase())
const open = (path: string) => hub.fetch(new Request(`http://hub.test${path}`))

// Each is where a refused form was answered; its reader chose another language, or came back later.
test.each([
  ['/wallet/transfers?next=%2Fcheckout&lang=th', '/wallet?next=%2Fcheckout&lang=th'],
  ['/wallet/requests', '/wallet'],
  ['/checkout/address?lang=fr', '/checkout?lang=fr'],
  ['/basket/lines/change', '/basket'],
  ['/orders/7/statements', '/orders/7'],
  ['/business/7/orders/8/moves', '/business/7/orders/8'],
  ['/wallet/requests/K7Q4MD2PX/cancel', '/wallet/requests/K7Q4MD2PX'],
  ['/sign-in/passkey/options', '/sign-in'],
  ['/account/passkeys/remove?lang=ms', '/account?lang=ms'],
])('%s, opened, leads to %s', async (path, page) => {
  const answer = await open(path)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, page])
})

test.each(['/nowhere', '/orders/7/nothing', '/rails/stripe/callback', '/api/v1/nothing'])(
  '%s is not there, and leads nowhere',
  async (path) => {
    expect((await open(path)).status).toBe(404)
  },
)
