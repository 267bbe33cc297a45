/* oxlint-disable unicorn/require-post-message-target-origin -- threads have no origin */
// Reading a file of many rows takes seconds in which a thread can do nothing else: it has one of its own, with bounds of
// memory and time, so that the hub goes on answering.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { refused, type Refused } from '../../basis/refusal.ts'
import type { FileQuestions } from './file-thread.ts'

/** Asks the thread one thing at a time. */
export type FileThread = <K extends keyof FileQuestions>(
  name: K,
  asked: FileQuestions[K]['asked'],
) => Promise<FileQuestions[K]['answer']>

/** Refused where too many files wait already, and where one takes too much memory or time. */
export type FileReader = <T>(work: (thread: FileThread) => Promise<T>) => Promise<T | Refused>

/** Files that may wait until those before them are read. */
const mostWaiting = 8
const mostMegabytes = 768
/** Of one file, the database's work included: less than the 30 s after which PostgreSQL ends a transaction that waits. */
const mostMs = 25_000

type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** Reads one file at a time; a hub has one of these. */
export function fileReader(sleep: Sleep): FileReader {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    if (waiting >= mostWaiting) return Promise.resolve(refused('files-waiting', { waiting }))
    waiting += 1
    const done = last.then(() => onThread(work, sleep)).finally(() => void (waiting -= 1))
    last = done.catch(() => undefined)
    return done
  }
}

const loader = new URL('../../../bin/loader.js', import.meta.url).href

async function onThread<T>(
  work: (thread: FileThread) => Promise<T>,
  sleep: Sleep,
): Promise<T | Refused> {
  const worker = new Worker(new URL('file-thread.ts', import.meta.url), {
    execArgv: ['--import', loader],
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  // Told to whoever waits for an answer.
  worker.on('error', () => {})
  const [ended, late] = [new AbortController(), new AbortController()]
  void sleep(mostMs, ended.signal).then(() => late.abort())
  try {
    return await work(async (name, asked) => {
      const answer = once(worker, 'message', { signal: late.signal })
      worker.postMessage([name, asked])
      return (await answer)[0]
    })
  } catch (error) {
    if (late.signal.aborted || isOutOfMemory(error)) return refused('file-too-heavy')
    throw error
  } finally {
    ended.abort()
    await worker.terminate()
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
