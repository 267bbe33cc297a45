import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What is fixed for the life of a hub process. */
export interface HubConfig {
  id: string
  name: string
  /**
   * ISO 3166 code of the customs territory that the hub serves; null until the operator chose one.
   */
  territory: string | null
  version: string
}

/** The folder that holds package.json, wherever the package is installed. */
export const packageFolder = fileURLToPath(new URL('../../', import.meta.url))

export function packageVersion(): string {
  return (JSON.parse(readFileSync(`${packageFolder}package.json`, 'utf8')) as { version: string })
    .version
}
