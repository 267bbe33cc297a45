import { InvalidArgumentError, type Command } from 'commander'

export const defaultPort = 8090

interface ServeOptions {
  port?: number
  host: string
  data?: string
  name?: string
  territory?: string
  logLevel?: string
  open?: true
  demo?: true
  watch?: true
}

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('run a hub: pages, API and database in one process')
    .option(
      '-p, --port <number>',
      `port to listen on (default: ${defaultPort}, or the next free one)`,
      portNumber,
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option(
      '-d, --data <folder>',
      'folder for the database and the keys (default: .ewtp, with --demo .ewtp-demo)',
    )
    .option(
      '--demo',
      'open a hub with an invented world: sellers, goods, lanes, sign-in by one click',
    )
    .option('--name <text>', "the hub's name, kept from then on")
    .option(
      '--territory <code>',
      'customs territory the hub serves (ISO 3166), kept from then on',
      territoryCode,
    )
    .option(
      '--log-level <level>',
      'trace, debug, info, warn, error or silent (default: warn on a terminal, else info)',
    )
    .option('--open', 'open the hub in a browser, if there is a desktop')
    .option('--watch', 'start again whenever a source file changes')
    .addHelpText(
      'after',
      '\nDATABASE_URL uses that PostgreSQL server (15 or newer) instead of the built-in one.',
    )
    .action(serve)
}

async function serve(options: ServeOptions): Promise<void> {
  if (options.watch) {
    const { watch } = await import('./watch.ts')
    return watch()
  }
  const { runServer } = await import('../run-server.ts')
  process.exitCode = await runServer({
    port: options.port ?? { from: defaultPort },
    host: options.host,
    open: options.open ?? false,
    logLevel: options.logLevel ?? (process.stderr.isTTY ? 'warn' : 'info'),
    dataFolder: options.data ?? (options.demo ? '.ewtp-demo' : '.ewtp'),
    demo: options.demo ?? false,
    databaseUrl: process.env['DATABASE_URL'],
    name: options.name,
    territory: options.territory,
  })
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new InvalidArgumentError('It must be 0 to 65535.')
  return port
}

function territoryCode(text: string): string {
  if (!/^[A-Z]{2}$/.test(text))
    throw new InvalidArgumentError('It must be two capital letters, such as ET.')
  return text
}
