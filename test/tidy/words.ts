import { isHubCode, lineAt, type Project, type Rule } from './project.ts'
import { nameOf, nodes, parse } from './syntax.ts'

/** Words that GLOSSARY.md sets in code font in the last column of its tables: never names in `src/`. */
export function wordsToAvoid(project: Project): Map<string, string> {
  const words = new Map<string, string>()
  for (const row of project.text('GLOSSARY.md').split('\n')) {
    const cells = row.split('|').slice(1, -1)
    if (cells.length !== 4) continue
    const [term = '', , , not = ''] = cells
    for (const [, word = ''] of not.matchAll(/`(\w+)`/g))
      words.set(parts(word).join(' '), term.trim())
  }
  return words
}

/** Names in code and in paths say what the glossary says; tests may quote the words of foreign formats. */
export const glossary: Rule = (project) => {
  const avoid = wordsToAvoid(project)
  return project.paths.filter(isHubCode).flatMap((path) => {
    const text = project.text(path)
    const tree = [...nodes(parse(path, text))]
    const named = tree.filter(({ node }) => /^(JSX)?Identifier$/.test(node.type))
    const names = new Map(named.map(({ node }) => [nameOf(node), lineAt(text, node.start)]))
    const inPath = path.replace(/\.\w+$/, '').split('/')
    return [...inPath.map((name) => [name, 1] as const), ...names].flatMap(([name, line]) =>
      [...avoid]
        .filter(([word]) => ` ${parts(name).join(' ')} `.includes(` ${word} `))
        .map(([, term]) => `${path}:${line} ${name}: the glossary says ${term}`),
    )
  })
}

/** `findHsCodes` is the words find, hs, code. */
function parts(name: string): string[] {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []
  return words.map((word) => word.toLowerCase().replace(/(?<=..)(?<!s)s$/, ''))
}
