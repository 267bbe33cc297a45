import { InvalidArgumentError, type Command } from 'commander'

interface SeedCommand {
  data: string
  seed: number
  json?: true
}

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('an invented world to look at and to try things in')
    .command('seed')
    .description('make sellers, goods, lanes and pavilions of ten countries in an empty hub')
    .option('-d, --data <folder>', 'folder for the database and the keys', '.ewtp')
    .option('--seed <number>', 'the same number makes the same world', wholeNumber, 1)
    .option('--json', 'print what was made as JSON')
    .addHelpText('after', '\nStop the hub first, unless DATABASE_URL names a server they share.')
    .action(seed)
}

async function seed({ data, seed: number, json }: SeedCommand): Promise<void> {
  const [{ seedDemo }, { startHub }, { silentLog }] = await Promise.all([
    import('../demo/index.ts'),
    import('../start-hub.ts'),
    import('../log.ts'),
  ])
  const { hub, stop } = await startHub({
    dataFolder: data,
    databaseUrl: process.env['DATABASE_URL'],
    log: silentLog(),
  })
  try {
    const onProgress = (what: string): void => console.error(`... ${what}`)
    const report = await seedDemo(hub, { seed: number, onProgress })
    if (json) return console.log(JSON.stringify(report, undefined, 2))
    const { made, sellers, offers, published, pictures, milliseconds, unpublished } = report
    const took = `${Math.round(milliseconds / 100) / 10} s`
    console.log(
      `${made ? 'Made' : 'Already there'}: ${sellers} sellers, ${offers} offers (${published} on sale), ${pictures} pictures; ${took}`,
    )
    for (const { slug, missing } of unpublished)
      console.log(`not on sale: ${slug}: ${missing.join(', ')}`)
  } finally {
    await stop()
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
