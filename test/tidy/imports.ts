import { posix } from 'node:path'
import { isHubCode, lineAt, type Project, type Rule } from './project.ts'
import { imports, parse } from './syntax.ts'

/** Pure and without a surface of its own: everybody takes the file they need. */
const foundation = 'basis'

/** The folders of `src/`, each of which may import the ones before it: the drawn list of docs/architecture.md. */
export function foldersInOrder(project: Project): string[] {
  const page = project.text('docs/architecture.md')
  const list = /```\nsrc\/\n(.*?)```/s.exec(page)?.[1] ?? ''
  return [...list.matchAll(/^ {2}(\w+)\//gm)].map((match) => String(match[1]))
}

/** Made for the composition root alone; by the index a verb would load its whole capability to print its name, and so would a thread. */
const doorsForApp = ['commands.ts', 'routes.tsx', 'threads.ts']

/** The only thing outside that is data of the code: the texts of pages. */
const isMessages = (path: string): boolean => /^messages\/[\w-]+\/[\w-]+\.json$/.test(path)

/** A folder imports only folders above it in the list, and of another one only its index. */
export const importDirection: Rule = (project) => {
  const order = foldersInOrder(project)
  return project.paths.filter(isHubCode).flatMap((path) => {
    const [, folder = ''] = path.split('/')
    if (!order.includes(folder)) return [`${path}:1 src/${folder} is not in the list of folders`]
    const text = project.text(path)
    return [...imports(parse(path, text))].flatMap(({ node, from }) => {
      const broken = wrongWith(path, folder, from, order)
      return broken ? [`${path}:${lineAt(text, node.start)} ${broken}`] : []
    })
  })
}

function wrongWith(
  path: string,
  folder: string,
  from: string,
  order: string[],
): string | undefined {
  if (!from.startsWith('.'))
    return folder === foundation ? `${foundation} imports nothing` : undefined
  const target = posix.normalize(posix.join(posix.dirname(path), from))
  const [top, other = '', ...rest] = target.split('/')
  if (top !== 'src') return isMessages(target) ? undefined : `${from} lies outside src`
  if (other === folder) return undefined
  if (!order.includes(other)) return `src/${other} is not in the list of folders`
  if (order.indexOf(other) > order.indexOf(folder)) return `${folder} stands above ${other}`
  const door = rest.join('/')
  if (folder === 'app' && doorsForApp.includes(door)) return undefined
  if (other !== foundation && door !== 'index.ts')
    return `${other} is entered through its index.ts, not ${door}`
  return undefined
}

/** What runs in a hub is a dependency, not a tool of ours. */
export const shippedImports: Rule = (project) => {
  const { dependencies = {} } = JSON.parse(project.text('package.json')) as {
    dependencies?: Record<string, string>
  }
  return project.paths.filter(isHubCode).flatMap((path) => {
    const text = project.text(path)
    return [...imports(parse(path, text))].flatMap(({ node, from }) => {
      if (/^(\.|node:)/.test(from)) return []
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/')
      if (name in dependencies) return []
      return [`${path}:${lineAt(text, node.start)} ${name} is no dependency of package.json`]
    })
  })
}

/** Each folder says what it is and which law or standard it follows. */
export const indexOpens: Rule = (project) => {
  const folders = new Set(project.paths.filter(isHubCode).map((path) => path.split('/')[1] ?? ''))
  return [...folders].flatMap((folder) => {
    if (folder === foundation) return []
    const path = `src/${folder}/index.ts`
    if (!project.paths.includes(path)) return [`${path}:1 is missing`]
    const head = /^(\/\*\*.*?\*\/|(\/\/[^\n]*\n)+)/s.exec(project.text(path))?.[0] ?? ''
    const words = head.split(/\s+/).filter((word) => /\w/.test(word))
    return words.length >= 20 ? [] : [`${path}:1 does not open with a paragraph on what it is`]
  })
}
