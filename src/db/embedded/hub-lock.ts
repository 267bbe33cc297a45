import { Client } from 'pg'
import { advisoryLocks } from '../locks.ts'
import type { Address } from './postmaster.ts'
import { isAlive, type Sleep } from './process.ts'

/** A lawful no: the folder belongs to one hub at a time. */
export class FolderInUse extends Error {
  readonly pid: number
  readonly folder: string

  constructor(folder: string, pid: number) {
    super(
      `Another hub (process ${pid}) is using the data folder ${folder}. ` +
        'Stop it, or choose another folder.',
    )
    this.name = 'FolderInUse'
    this.pid = pid
    this.folder = folder
  }
}

/**
 * Takes the folder for this process, for as long as the connection lives. The lock is PostgreSQL's
 * own, so a killed hub lets go of it; the connection's name tells the next one whom to name.
 */
export async function holdHubLock(folder: string, address: Address, sleep: Sleep): Promise<Client> {
  const client = maintenanceClient(address, `ewtp hub ${process.pid}`)
  await client.connect()
  try {
    for (let waited = 0; ; waited += 20) {
      const holder = await tryLock(client)
      if (holder === undefined) return client
      // The backend of a killed hub may need a moment to notice.
      if (isAlive(holder) || waited > 5_000) throw new FolderInUse(folder, holder)
      await sleep(20)
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
}

/**
 * A connection to the database that always exists; errors come as the rejected query, never as a
 * lone event.
 */
function maintenanceClient(address: Address, name: string): Client {
  const options = '-c idle_session_timeout=0'
  const client = new Client({
    ...address,
    database: 'postgres',
    ssl: false,
    application_name: name,
    options,
  })
  client.on('error', () => {})
  return client
}

/** Nothing when the lock is ours now, otherwise the process that holds it. */
async function tryLock(client: Client): Promise<number | undefined> {
  const { space, hub } = advisoryLocks
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1, $2) as taken',
    [space, hub],
  )
  if (rows[0]?.taken) return undefined
  const { rows: holders } = await client.query<{ name: string }>(
    `select a.application_name as name
       from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2`,
    [space, hub],
  )
  return Number(/\d+$/.exec(holders[0]?.name ?? '')?.[0] ?? 0)
}
