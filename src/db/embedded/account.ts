import { readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The user that the database runs as when the hub is root, which PostgreSQL refuses to be. */
export interface Account {
  uid: number
  gid: number
}

/** Nothing when the hub is an ordinary user: the database then runs as the same one. */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return named('postgres') ?? named('nobody') ?? { uid: 65534, gid: 65534 }
}

/**
 * Whether the account may walk down to the folder; access lists are not looked at, which errs on
 * the safe side.
 */
export function canEnter(folder: string, account: Account | undefined): boolean {
  if (!account) return true
  for (let at = realpathSync(folder); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}

function named(name: string): Account | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
  return Number(uid) > 0 ? { uid: Number(uid), gid: Number(gid) } : undefined
}
