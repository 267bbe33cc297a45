// Runs our TypeScript as it stands. Outside node_modules Node strips the types of .ts files itself; JSX, and every file
// of ours once the package is installed under node_modules, goes through esbuild, whose output is kept for the next start.
// (The tsx loader did all this too, but wraps each function to keep its name, which made the landed-cost engine 1.4 times
// slower: docs/decisions/0006.)
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync, version } from 'esbuild'

const ours = new URL('../', import.meta.url).href
const installed = ours.includes('/node_modules/')
const kept = fileURLToPath(new URL('../node_modules/.cache/ewtp/', import.meta.url))

// What V8 made of every file last time, ours and the libraries': a start is a third quicker.
enableCompileCache(join(kept, 'compiled'))

registerHooks({
  load(url, context, next) {
    const path = url.split('?', 1)[0]
    const isJsx = path.endsWith('.tsx')
    if (!path.startsWith(ours) || !(isJsx || (installed && path.endsWith('.ts'))))
      return next(url, context)
    if (path.startsWith(`${ours}node_modules/`)) return next(url, context)
    const source = compile(fileURLToPath(path), isJsx ? 'tsx' : 'ts')
    return { format: 'module', source, shortCircuit: true }
  },
})

function compile(file, loader) {
  const text = readFileSync(file, 'utf8')
  const name = createHash('sha256').update(`${version} ${file} ${text}`).digest('hex').slice(0, 32)
  try {
    return readFileSync(join(kept, name), 'utf8')
  } catch {
    // Not compiled yet.
  }
  const { code } = transformSync(text, {
    loader,
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'inline',
    sourcefile: file,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  })
  try {
    mkdirSync(kept, { recursive: true })
    const draft = join(kept, `${name}.${process.pid}`)
    writeFileSync(draft, code)
    renameSync(draft, join(kept, name))
  } catch {
    // A folder we may not write to: compiled again next time.
  }
  return code
}
