// The thread of checkouts, with this machine's clock and randomness.
import { answerCheckouts } from '../orders/threads.ts'
import { realClock } from './clock.ts'
import { realRandom } from './random.ts'

const { sleep } = realClock()
const { fraction } = realRandom()
await answerCheckouts({ sleep, fraction })
