import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, ewtp, serveHub, serverProcesses, until } from './support/hub-process.ts'

// The package as a user gets it: packed, installed elsewhere without install scripts, run from the
// root folder. As root the place is one that the database's user cannot enter, as a checkout under
// /root would be.

const run = promisify(execFile)
const isRoot = process.getuid?.() === 0
const place = mkdtempSync(join(tmpdir(), 'ewtp-package-'))
const command = join(place, 'node_modules/ewtp/bin/ewtp.js')
const systemFolder = '/var/lib/ewtp'
const systemFolderWasThere = existsSync(systemFolder)

beforeAll(async () => {
  const checkout = fileURLToPath(new URL('..', import.meta.url))
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', place], {
    cwd: checkout,
  })
  const [packed] = JSON.parse(stdout) as [{ filename: string }]
  writeFileSync(join(place, 'package.json'), '{ "private": true }')
  const options = [
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--loglevel=error',
  ]
  await run('npm', ['install', ...options, join(place, packed.filename)], { cwd: place })
}, 300_000)

afterAll(() => {
  rmSync(place, { recursive: true, force: true })
  if (!systemFolderWasThere) rmSync(systemFolder, { recursive: true, force: true })
})

test('ewtp --version from the root folder', async () => {
  const version = ewtp(['--version'], { command, cwd: '/' })
  expect(await version.ended).toBe(0)
  expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('an older Node hands over to the one that came with the package', async ({ skip }) => {
  const node = await olderNode()
  if (!node) return skip('there is no older Node on this machine')
  const doctor = ewtp(['doctor', '--data', join(place, 'none')], { command, node })
  expect(await doctor.ended).toBe(0)
  expect(doctor.output()).toMatch(/ok {2}Node: v24\./)

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const data = dataFolder()
    const hub = serveHub(data, [], { command, node })
    await hub.ready
    expect(serverProcesses(data)).not.toEqual([])
    hub.kill(signal)
    await until(() => serverProcesses(data).length === 0)
  }
})

test('a hub starts from it, with its data beside it', async () => {
  const hub = serveHub(join(place, 'data'), [], { command, cwd: '/' })
  expect((await fetch(new URL('readyz', await hub.ready))).status).toBe(200)
  hub.kill('SIGTERM')
  expect(await hub.ended).toBe(0)
})

test('where the database user cannot enter, its programs are copied beside the data', async () => {
  const data = dataFolder()
  mkdirSync(data, { recursive: true })
  const hub = serveHub(data, [], { command, cwd: '/' })
  expect((await fetch(new URL('readyz', await hub.ready))).status).toBe(200)
  const copied = readdirSync(data).some((name) => name.startsWith('postgresql-18'))
  expect(copied).toBe(isRoot)
  hub.kill('SIGTERM')
  expect(await hub.ended).toBe(0)
})

/** The first Node in the path that is too old for the hub. */
async function olderNode(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(':')) {
    const node = join(folder, 'node')
    if (!existsSync(node)) continue
    const { stdout } = await run(node, ['--version'])
    if (Number.parseInt(stdout.slice(1), 10) < 24) return node
  }
  return undefined
}
