import { isHubCode, lineAt, matches, type Rule } from './project.ts'
import { isNode, nameOf, nodes, parse } from './syntax.ts'

const pragma = '/** @jsxRuntime automatic @jsxImportSource hono/jsx */'
const isCode = (path: string): boolean => /^src\/.*\.tsx?$/.test(path)

/** A loader started from another folder must know without a tsconfig.json what the tags mean. */
export const pageHead: Rule = (project) =>
  project.paths
    .filter((path) => /\.tsx$/.test(path) && project.text(path).split('\n')[0] !== pragma)
    .map((path) => `${path}:1 the first line must be ${pragma}`)

/** One look is enough to see what a file is: code, a comment on why, no blank lines, no licence, no history. */
export const fileHead: Rule = (project) =>
  project.paths.filter(isCode).flatMap((path) => {
    const text = project.text(path)
    const [first = ''] = text.split('\n')
    const broken = [
      [/^(\s|$)/.test(first), 'begins with a blank'],
      [text.startsWith('\uFEFF'), 'begins with a byte order mark'],
      [text.includes('\r'), 'has carriage returns'],
      [
        /^(\/\/|\/\*).*(\bcopyright\b|\blicensed under\b|@author|\bcreated (by|on)\b)/i.test(first),
        'has a licence or history head',
      ],
      [text.startsWith('#!'), 'is no script'],
    ] as const
    return broken.filter(([is]) => is).map(([, what]) => `${path}:1 ${what}`)
  })

/** Longer files and why they may be; everything else is split. */
export type LongFiles = Readonly<Record<string, string>>

export const mostLines =
  (allowed: LongFiles): Rule =>
  (project) =>
    project.paths.filter(isCode).flatMap((path) => {
      const lines = project.text(path).split('\n').length - 1
      if (lines > 300 && !(path in allowed)) return [`${path}:${lines} has more than 300 lines`]
      if (lines <= 300 && path in allowed) return [`${path}:${lines} needs no exception any more`]
      return []
    })

/** Types that switch the checker off. */
export const untyped: Rule = (project) =>
  project.paths.filter(isCode).flatMap((path) => {
    const text = project.text(path)
    const anys = [...nodes(parse(path, text))]
      .filter(({ node }) => node.type === 'TSAnyKeyword')
      .map(({ node }) => `${path}:${lineAt(text, node.start)} any`)
    // A test may prove that the checker refuses something.
    const silencers = isHubCode(path)
      ? /@ts-(ignore|nocheck|expect-error)/g
      : /@ts-(ignore|nocheck)/g
    const silenced = [...matches(text, silencers)].map(
      ({ line, found }) => `${path}:${line} ${found}`,
    )
    return [...anys, ...silenced]
  })

/** Where a float is no money: file and reason. */
export type Floats = Readonly<Record<string, string>>

const floatNames = /^(parseFloat|toFixed|toPrecision|toExponential)$/

/** Money and rates are bigint, from the text they come as to the text they leave as. */
export const floats =
  (allowed: Floats): Rule =>
  (project) => {
    const found = project.paths.filter(isHubCode).flatMap((path) => {
      const text = project.text(path)
      return [...nodes(parse(path, text))].flatMap(({ node }) => {
        const callee = node.type === 'CallExpression' ? node['callee'] : undefined
        const called =
          isNode(callee) && callee.type === 'MemberExpression' ? callee['property'] : callee
        const name = isNode(called) ? nameOf(called) : ''
        return floatNames.test(name) ? [{ path, line: lineAt(text, node.start), name }] : []
      })
    })
    const unused = Object.keys(allowed).filter(
      (path) => project.paths.includes(path) && !found.some((each) => each.path === path),
    )
    return [
      ...found
        .filter(({ path }) => !(path in allowed))
        .map(({ path, line, name }) => `${path}:${line} ${name}`),
      ...unused.map((path) => `${path}:1 needs no exception any more`),
    ]
  }
