import { parseAst } from 'vitest/node'

/** A node of an ESTree; the parser is the one that the tests run on. */
export interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

export interface Place {
  node: Node
  /** The nodes around it, the nearest last, and the key under which each holds the next. */
  around: readonly { node: Node; key: string }[]
}

const parsed = new Map<string, Node>()

export function parse(path: string, text: string): Node {
  const lang = path.endsWith('x') ? 'tsx' : 'ts'
  const key = `${lang} ${text}`
  let tree = parsed.get(key)
  if (!tree) {
    tree = parseAst(text, { lang }) as unknown as Node
    parsed.set(key, tree)
  }
  return tree
}

/** Every node, each before what it holds. */
export function* nodes(node: Node, around: Place['around'] = []): Generator<Place> {
  yield { node, around }
  for (const [key, value] of Object.entries(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) yield* nodes(child, [...around, { node, key }])
}

/** Every text in the code: strings, templates, text between tags. Comments are none. */
export function* texts(tree: Node): Generator<{ node: Node; text: string }> {
  for (const { node } of nodes(tree)) {
    if (node.type === 'Literal' && typeof node['value'] === 'string')
      yield { node, text: node['value'] }
    if (node.type === 'TemplateElement')
      yield { node, text: (node['value'] as { raw: string }).raw }
    if (node.type === 'JSXText') yield { node, text: String(node['value']) }
  }
}

/** Where other code comes in: `import`, `export … from`, `import()`, in types as well. */
export function* imports(tree: Node): Generator<{ node: Node; from: string; names: string[] }> {
  for (const { node } of nodes(tree)) {
    const source =
      node.type === 'TSImportType' ? (node['argument'] ?? node['source']) : node['source']
    if (!/^(Import|Export|TSImportType)/.test(node.type) || !isNode(source)) continue
    const literal = source.type === 'TSLiteralType' ? source['literal'] : source
    if (!isNode(literal) || typeof literal['value'] !== 'string') continue
    const specifiers = (node['specifiers'] ?? []) as Node[]
    yield { node, from: literal['value'], names: specifiers.map(importedName) }
  }
}

function importedName(specifier: Node): string {
  const imported = specifier['imported'] ?? specifier['exported']
  return specifier.type === 'ImportSpecifier' && isNode(imported) ? nameOf(imported) : '*'
}

export const nameOf = (node: Node): string => String(node['name'] ?? node['value'] ?? '')

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
