// Runs our TypeScript as it stands. Outside node_modules Node strips the types of .ts files itself; JSX, and every file
// of ours once the package is installed under node_modules, goes through esbuild. (The tsx loader did all this too, but
// wraps each function to keep its name, which made the landed-cost engine 1.4 times slower: docs/decisions/0006.)
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

const ours = new URL('../', import.meta.url).href
const installed = ours.includes('/node_modules/')

registerHooks({
  load(url, context, next) {
    const path = url.split('?', 1)[0]
    const isJsx = path.endsWith('.tsx')
    if (!path.startsWith(ours) || !(isJsx || (installed && path.endsWith('.ts'))))
      return next(url, context)
    if (path.startsWith(`${ours}node_modules/`)) return next(url, context)
    const file = fileURLToPath(path)
    const { code } = transformSync(readFileSync(file, 'utf8'), {
      loader: isJsx ? 'tsx' : 'ts',
      format: 'esm',
      target: 'node24',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      sourcemap: 'inline',
      sourcefile: file,
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    })
    return { format: 'module', source: code, shortCircuit: true }
  },
})
