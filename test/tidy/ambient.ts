import { isHubCode, lineAt, matches, type Rule } from './project.ts'
import { imports, isNode, nameOf, nodes, parse, texts, type Node, type Place } from './syntax.ts'

// Time, randomness, timers and connections reach a hub as arguments, so that a simulated one can run under another
// clock. Only src/app touches the real ones; tests and benchmarks are free.

const isBound = (path: string): boolean => isHubCode(path) && !path.startsWith('src/app/')

/** A key must not come from a source that can be replayed. */
const makesKeys = (path: string): boolean => path.startsWith('src/keys/')

const functions = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']
const namespaces = ['performance', 'globalThis', 'WebSocket', 'EventSource', 'XMLHttpRequest']
const members: Readonly<Record<string, RegExp>> = {
  Math: /^random$/,
  crypto: /^(randomUUID|getRandomValues)$/,
  process: /^(hrtime|uptime)$/,
  AbortSignal: /^timeout$/,
  Temporal: /^Now$/,
}
const modules: Readonly<Record<string, RegExp>> = {
  timers: /./,
  'timers/promises': /./,
  perf_hooks: /./,
  http: /./,
  https: /./,
  http2: /./,
  crypto: /^(\*|default|random|getRandomValues|webcrypto|generate)/,
}

export const ambientInCode: Rule = (project) =>
  project.paths.filter(isBound).flatMap((path) => {
    const text = project.text(path)
    const tree = parse(path, text)
    const say = (node: Node, what: string): string => `${path}:${lineAt(text, node.start)} ${what}`
    const own = boundNames(tree)
    const used = [...nodes(tree)].flatMap((place) => {
      const what = ambient(place, own)
      return what ? [say(place.node, what)] : []
    })
    const taken = [...imports(tree)].flatMap(({ node, from, names }) => {
      const wanted = modules[from.replace(/^node:/, '')]
      const bad = names.filter((name) => wanted?.test(name))
      if (bad.every((name) => name.startsWith('generateKey')) && makesKeys(path)) return []
      return bad.map((name) => say(node, `${name} of ${from}`))
    })
    return [...used, ...taken]
  })

function ambient({ node, around }: Place, own: ReadonlySet<string>): string | undefined {
  const outer = around.at(-1)
  if (node.type !== 'Identifier' || !outer || own.has(nameOf(node))) return undefined
  if (isLabel(outer) || around.some(({ node: each }) => isTypeOnly(each))) return undefined
  const name = nameOf(node)
  const { node: parent, key } = outer
  const property =
    parent.type === 'MemberExpression' && key === 'object' ? parent['property'] : null
  const member = isNode(property) ? nameOf(property) : ''
  if (functions.includes(name) || namespaces.includes(name)) return `uses ${name}`
  if (members[name]?.test(member)) return `uses ${name}.${member}`
  if (name === 'Date' && !isHarmlessDate(parent, member)) return 'reads the clock through Date'
  return undefined
}

/** Reading a given instant is arithmetic; making one without arguments asks the machine. */
function isHarmlessDate(parent: Node, member: string): boolean {
  if (parent.type === 'MemberExpression') return member === 'UTC' || member === 'parse'
  if (parent.type === 'BinaryExpression') return parent['operator'] === 'instanceof'
  return parent.type === 'NewExpression' && (parent['arguments'] as Node[]).length > 0
}

/** The name of a property or of a parameter of a type, not something that is used. */
function isLabel({ node, key }: { node: Node; key: string }): boolean {
  if (key === 'property') return node.type === 'MemberExpression' && node['computed'] !== true
  return key === 'key' && node['computed'] !== true
}

const isTypeOnly = ({ type }: Node): boolean =>
  type.startsWith('TS') && !/^TS(As|Satisfies|NonNull|Instantiation)/.test(type)

/** Names that the file itself gives to something, anywhere: enough to tell a global from a parameter. */
function boundNames(tree: Node): Set<string> {
  const names = new Set<string>()
  const add = (pattern: unknown): void => {
    if (!isNode(pattern)) return
    if (pattern.type === 'Identifier') names.add(nameOf(pattern))
    for (const key of ['argument', 'left', 'value', 'parameter']) add(pattern[key])
    for (const key of ['elements', 'properties'])
      for (const part of (pattern[key] ?? []) as unknown[]) add(part)
  }
  for (const { node } of nodes(tree)) {
    if (node.type === 'VariableDeclarator' || /^(Function|Class)Declaration/.test(node.type))
      add(node['id'])
    if (/^Import\w*Specifier$/.test(node.type)) add(node['local'])
    if (node.type === 'CatchClause') add(node['param'])
    if (/Function/.test(node.type))
      for (const each of (node['params'] ?? []) as unknown[]) add(each)
  }
  return names
}

const sqlAmbient =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|uuidv[47])\s*\(\s*\)|\b(current_(timestamp|date|time)|localtime(stamp)?)\b/gi

export const ambientInSql: Rule = (project) =>
  project.paths.flatMap((path) => {
    if (path.endsWith('.sql')) {
      const code = project
        .text(path)
        .replace(/--.*|\/\*[^]*?\*\//g, (comment) => comment.replace(/./g, ' '))
      return [...matches(code, sqlAmbient)].map(({ line, found }) => `${path}:${line} SQL ${found}`)
    }
    if (!isBound(path)) return []
    const text = project.text(path)
    return [...texts(parse(path, text))].flatMap(({ node, text: written }) =>
      [...matches(written, sqlAmbient)].map(
        ({ line, found }) => `${path}:${lineAt(text, node.start) + line - 1} SQL ${found}`,
      ),
    )
  })

const containers = ['Map', 'Set', 'WeakMap', 'WeakSet', 'Array']

/** A hub is a value: what changes while it runs belongs to it, not to a file that all hubs of a process share. */
export const moduleState: Rule = (project) =>
  project.paths.filter(isHubCode).flatMap((path) => {
    const text = project.text(path)
    const body = parse(path, text)['body'] as Node[]
    const declared = body.map((each) => (isNode(each['declaration']) ? each['declaration'] : each))
    return declared.flatMap((statement) => {
      if (statement.type !== 'VariableDeclaration') return []
      return (statement['declarations'] as Node[]).flatMap((declarator) => {
        const name = isNode(declarator['id']) ? nameOf(declarator['id']) : ''
        const frozen = /:\s*readonly/i.test(
          text.slice(declarator.start, declarator.end).split('=')[0] ?? '',
        )
        const changes =
          statement['kind'] !== 'const' || (isEmptyContainer(declarator['init']) && !frozen)
        return changes
          ? [`${path}:${lineAt(text, declarator.start)} ${name} is shared by all hubs`]
          : []
      })
    })
  })

/** Made empty, and so only to be filled later. */
function isEmptyContainer(value: unknown): boolean {
  if (!isNode(value)) return false
  if (value.type === 'ArrayExpression') return (value['elements'] as Node[]).length === 0
  if (value.type === 'ObjectExpression') return (value['properties'] as Node[]).length === 0
  const callee =
    value.type === 'NewExpression' && isNode(value['callee']) ? value['callee'] : undefined
  if (!callee || !containers.includes(nameOf(callee))) return false
  return (value['arguments'] as Node[]).length === 0
}
