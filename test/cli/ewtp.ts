import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const bin = fileURLToPath(new URL('../../bin/ewtp.js', import.meta.url))

export type Ran = { code: number | null; out: string; err: string }

/** Runs the command `ewtp` as a process of its own and waits for its end. */
export function ewtp(
  args: readonly string[],
  { cwd = tmpdir(), input = '' }: { cwd?: string; input?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [bin, ...args], { cwd })
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.err += text))
  // A command that refuses its words ends before it reads them.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...ran, code }))
  })
}

/** A folder for the files of one test file; `put` writes one and gives its path. */
export function folderOfFiles(): {
  put(name: string, content: unknown): string
  remove(): void
  path: string
} {
  const path = mkdtempSync(join(tmpdir(), 'ewtp-cli-'))
  return {
    path,
    put(name, content) {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}
