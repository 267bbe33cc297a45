import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { defaultPort } from './serve.ts'

interface Finding {
  what: string
  good: boolean
  detail: string
}

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check that a hub can run here')
    .option('-d, --data <folder>', 'folder for the database and the keys', '.ewtp')
    .option('--json', 'print the findings as JSON')
    .action(async ({ data, json }: { data: string; json?: true }) => {
      const findings = await examine(resolve(data))
      if (json) console.log(JSON.stringify(findings, undefined, 2))
      else
        for (const { what, good, detail } of findings)
          console.log(`${good ? 'ok ' : 'NO '} ${what}: ${detail}`)
      if (!findings.every((finding) => finding.good)) process.exitCode = 1
    })
}

async function examine(data: string): Promise<Finding[]> {
  const url = process.env['DATABASE_URL']
  return [
    nodeVersion(),
    await (url ? databaseServer(url) : builtInDatabase(data)),
    folder(data),
    disk(data),
    await port(),
  ]
}

function nodeVersion(): Finding {
  const good = Number.parseInt(process.versions.node, 10) >= 24
  return {
    what: 'Node',
    good,
    detail: `${process.version}${good ? '' : ', 24 or newer is needed'}`,
  }
}

async function databaseServer(url: string): Promise<Finding> {
  const { openDatabase } = await import('../../db/index.ts')
  return attempt('Database server', async () => {
    const db = await openDatabase({ url, sleep: async () => {}, fraction: () => 0 })
    const { rows } = await db.pool.query<{ version: string }>('select version()')
    await db.close()
    return rows[0]?.version ?? ''
  })
}

async function builtInDatabase(data: string): Promise<Finding> {
  const { builtInVersion } = await import('../../db/index.ts')
  return attempt('Built-in database', () => builtInVersion(data))
}

async function attempt(what: string, work: () => Promise<string>): Promise<Finding> {
  try {
    return { what, good: true, detail: await work() }
  } catch (error) {
    return { what, good: false, detail: (error as Error).message }
  }
}

function folder(data: string): Finding {
  try {
    accessSync(existing(data), constants.W_OK)
    return {
      what: 'Data folder',
      good: true,
      detail: `${data}${existsSync(data) ? '' : ' (to be made)'}`,
    }
  } catch {
    return { what: 'Data folder', good: false, detail: `${existing(data)} cannot be written` }
  }
}

function disk(data: string): Finding {
  const { bavail, bsize } = statfsSync(existing(data))
  const free = (bavail * bsize) / 1024 ** 3
  return {
    what: 'Free disk',
    good: free >= 1,
    detail: `${free.toFixed(1)} GB${free >= 1 ? '' : ', 1 GB is needed'}`,
  }
}

function port(): Promise<Finding> {
  return new Promise((tell) => {
    const what = 'Port'
    const server = createServer()
    // Not a fault: `serve` takes the next free one.
    server.once('error', () =>
      tell({ what, good: true, detail: `${defaultPort} is taken, the next free one will do` }),
    )
    server.listen(defaultPort, '127.0.0.1', () => {
      server.close(() => tell({ what, good: true, detail: `${defaultPort} is free` }))
    })
  })
}

function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(path))
}
