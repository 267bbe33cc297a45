/**
 * The composition root, and the only place that knows every capability: it makes a hub out of a
 * database, a clock, randomness, keys and a way out to the network, puts the HTTP server and the
 * command line in front of it, and is the only folder in which real time, randomness and
 * connections are touched.
 */
export { createHub, type Hub, type HubParts } from './create-hub.ts'
export { startHub, openStore, type HubOptions, type StartedHub } from './start-hub.ts'
export { realClock, type Clock } from './clock.ts'
export { realRandom, type Random } from './random.ts'
export { closedNet, type Net } from './net.ts'
export { createLog, silentLog } from './log.ts'
export type { HubConfig } from './config.ts'
