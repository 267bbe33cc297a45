import type { Context, MiddlewareHandler } from 'hono'
import { problem } from './problems.ts'
import type { HubEnv } from './trace.ts'

/** Most requests at once, by what they do. */
export interface Room {
  /** At work on looking: GET and HEAD. */
  looking: number
  /** At work on doing: everything else, checkout and payments among it. */
  doing: number
  /** On their way here: a body that has not come yet. Where there are too many, the one that is longest on its way goes. */
  coming: number
  /** Files: over a slow line they take minutes to come, and are read while they do. */
  filing: number
}

const usual: Room = { looking: 256, doing: 512, coming: 2048, filing: 64 }

/** What a room needs of the server. */
export interface RoomParts {
  /** Whose places are counted together; undefined: nobody's. */
  addressOf(c: Context<HubEnv>): string | undefined
  /** Paths whose bodies are files. */
  takesFiles: RegExp
  /** Has the whole body come; answers where it is none that anybody would read. */
  receive(c: Context<HubEnv>): Promise<Response | undefined>
}

type Handler = MiddlewareHandler<HubEnv>

/**
 * Past a bounded number of requests the next one is told at once to come again, rather than slow down for everybody
 * (ARCHITECTURE 9). Who does something takes a place once their body is here: what never comes holds up nobody. Nobody's
 * address has more than a quarter of the places. Whether the hub is well is always answered.
 */
export function openRoom(parts: RoomParts, room: Room = usual): { first: Handler; does: Handler } {
  const looking = makePlaces(room.looking)
  const doing = makePlaces(room.doing)
  const filing = makePlaces(room.filing)
  const busy = turnAway()
  const coming = makeArrivals(room.coming, Math.ceil(room.doing / 4))
  return {
    /** Stands before everything that costs. */
    first: async (c, next) => {
      if (c.req.path === '/healthz' || c.req.path === '/readyz') return next()
      if (looks(c)) return within(looking, parts.addressOf(c), c, next, busy)
      return doing.isFull() ? busy(c) : next()
    },
    /** Stands before whatever reads a body. */
    does: async (c, next) => {
      if (looks(c)) return next()
      const address = parts.addressOf(c)
      if (parts.takesFiles.test(c.req.path)) return within(filing, address, c, next, busy)
      const came = await coming.wait(address, () => parts.receive(c))
      if (came === 'busy') return busy(c)
      if (came === 'gone') return problem(c, 408, 'body-too-slow')
      return came ?? within(doing, address, c, next, busy)
    },
  }
}

const looks = ({ req: { method } }: Context): boolean => method === 'GET' || method === 'HEAD'

/** Those who are turned away do not all come again in the same second. */
function turnAway(): (c: Context<HubEnv>) => Response {
  let turned = 0
  return (c) => {
    const answer = problem(c, 503, 'busy')
    answer.headers.set('retry-after', String(1 + (turned % 3)))
    turned += 1
    return answer
  }
}

async function within(
  places: ReturnType<typeof makePlaces>,
  address: string | undefined,
  c: Context<HubEnv>,
  next: () => Promise<void>,
  busy: (c: Context<HubEnv>) => Response,
): Promise<Response | undefined> {
  if (!places.take(address)) return busy(c)
  try {
    await next()
  } finally {
    places.give(address)
  }
  return undefined
}

/** Places for so many, of which one address has at most `each`. */
function makePlaces(most: number, each = Math.ceil(most / 4)) {
  let taken = 0
  const byAddress = new Map<string, number>()
  return {
    isFull: () => taken >= most,
    take(address: string | undefined): boolean {
      const own = address === undefined ? 0 : (byAddress.get(address) ?? 0)
      if (taken >= most || own >= each) return false
      taken += 1
      if (address !== undefined) byAddress.set(address, own + 1)
      return true
    },
    give(address: string | undefined): void {
      taken -= 1
      if (address === undefined) return
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    },
  }
}

/** Bodies on their way. `gone`: it broke off, or made room for those that came after it. */
function makeArrivals(most: number, each: number) {
  const places = makePlaces(Infinity, each)
  const onTheirWay = new Set<(gone: 'gone') => void>()
  return {
    async wait<T>(
      address: string | undefined,
      receive: () => Promise<T>,
    ): Promise<T | 'busy' | 'gone'> {
      if (!places.take(address)) return 'busy'
      const { promise: pushed, resolve: push } = Promise.withResolvers<'gone'>()
      onTheirWay.add(push)
      const [longest] = onTheirWay
      if (onTheirWay.size > most && longest) {
        onTheirWay.delete(longest)
        longest('gone')
      }
      try {
        return await Promise.race([receive().catch(() => 'gone' as const), pushed])
      } finally {
        onTheirWay.delete(push)
        places.give(address)
      }
    },
  }
}
