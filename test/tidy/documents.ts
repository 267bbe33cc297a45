import { posix } from 'node:path'
import { matches, type Rule } from './project.ts'

const reasons = 'docs/decisions/0006-runtime-dependencies.md'

/** Each package that runs in a hub has a row with its reason, and no row is left of one that went. */
export const dependencyReasons: Rule = (project) => {
  const { dependencies = {} } = JSON.parse(project.text('package.json')) as {
    dependencies?: Record<string, string>
  }
  const rows = [...project.text(reasons).matchAll(/^\| `([^`]+)` \|/gm)].map(
    (match) => match[1] ?? '',
  )
  return [
    ...Object.keys(dependencies)
      .filter((name) => !rows.includes(name))
      .map((name) => `${reasons}: no row for ${name}`),
    ...rows.filter((name) => !(name in dependencies)).map((name) => `${reasons}: ${name} is gone`),
  ]
}

/** A link from one page of ours to another leads somewhere. */
export const links: Rule = (project) =>
  project.paths
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...matches(project.text(path), /\]\((?!https?:|mailto:|#)[^)\s]+\)/g)].flatMap(
        ({ line, found }) => {
          const [target = ''] = found.slice(2, -1).split('#')
          const at = posix.normalize(posix.join(posix.dirname(path), target))
          const there = project.paths.some(
            (each) => each === at || each.startsWith(at.replace(/\/?$/, '/')),
          )
          return there ? [] : [`${path}:${line} ${target} is not there`]
        },
      ),
    )
