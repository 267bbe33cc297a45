import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

/** Runs TPC-B for some seconds on the same server; undefined where pgbench is not there. */
export async function pgbenchOn(
  address: { host?: string; port?: number; user?: string; password?: string },
  seconds: number,
): Promise<(() => Promise<number>) | undefined> {
  const program = ['/usr/bin/pgbench', '/usr/lib/postgresql/15/bin/pgbench'].find(existsSync)
  if (!program) {
    console.error('no yardstick, pgbench is not installed (Debian: postgresql-contrib)')
    return undefined
  }
  const env = {
    ...process.env,
    PGHOST: address.host ?? '',
    PGPORT: String(address.port ?? 5432),
    PGUSER: address.user ?? '',
    PGPASSWORD: address.password ?? '',
    PGDATABASE: 'postgres',
  }
  const call = promisify(execFile)
  await call(program, ['-i', '-q', '-s', '50'], { env })
  return async () => {
    const args = ['-c', '16', '-j', '2', '-M', 'prepared', '-T', String(seconds), '-n']
    const { stdout } = await call(program, args, { env })
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? Number.NaN)
  }
}
