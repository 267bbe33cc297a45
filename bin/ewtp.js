#!/usr/bin/env node
// The command `ewtp`. Plain JavaScript, because Node strips no types under node_modules: it makes
// sure of a Node that is new enough, registers the loader for TypeScript by its own place on disk
// (the caller may stand in any folder), and hands over to src/app/cli.ts.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const neededNode = 24

if (Number.parseInt(process.versions.node, 10) < neededNode) runWithPinnedNode()
else await run()

async function run() {
  await import('./loader.js')
  stopWithParent()
  const { main } = await import(new URL('../src/app/cli.ts', import.meta.url).href)
  await main(process.argv)
}

/**
 * Our own package brings a Node of the right version; `npx ewtp` then works with an older one, too.
 */
function runWithPinnedNode() {
  const node = pinnedNode()
  if (!node) {
    console.error(`ewtp needs Node ${neededNode} or newer; this is ${process.version}.`)
    process.exitCode = 3
    return
  }
  const args = [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  child.on('error', (error) => {
    console.error(`ewtp could not start ${node}: ${error.message}`)
    process.exitCode = 3
  })
  // A terminal sends Ctrl-C to both; the child stops once however often it is told.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (child.connected) child.disconnect()
    process.exitCode = code ?? (signal ? 3 : 0)
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name)
  })
}

function pinnedNode() {
  const names = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
  ]
  if (process.platform === 'win32') names.push(`node-win-${process.arch}`)
  const require = createRequire(import.meta.url)
  for (const name of names) {
    try {
      const folder = dirname(require.resolve(`${name}/package.json`))
      const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
      if (existsSync(file)) return file
    } catch {
      // Not the package of this machine.
    }
  }
  return undefined
}

/** Started through an older Node: when that one is killed, stop in good order. */
function stopWithParent() {
  if (!process.channel) return
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}
