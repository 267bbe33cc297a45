import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  ParseOption,
  XmlBufferInputProvider,
  XmlDocument,
  XmlValidateError,
  XsdValidator,
  xmlRegisterInputProvider,
} from 'libxml2-wasm'
import { filesInTar } from '../../src/parties/screening/import/tar.ts'

// UBL against the schemas of OASIS, by a parser that is not the hub's. The schemas are no part of the project: they lie
// in the folder that EWTP_REFERENCE_DATA names.

const folder = join(process.env['EWTP_REFERENCE_DATA'] ?? '', 'einvoice')

/** Whether the schemas are at hand; a test that needs them is skipped by name when they are not. */
export const hasUbl =
  process.env['EWTP_REFERENCE_DATA'] !== undefined && existsSync(join(folder, 'ubl-2.1-xsd.tar.gz'))

/** Name and content of the files of an archive there. */
export const archive = (name: string): Map<string, Buffer> =>
  new Map(
    filesInTar(gunzipSync(readFileSync(join(folder, name))), name).map((file) => [
      file.name,
      Buffer.from(file.bytes),
    ]),
  )

export type Check = (xml: string) => string[]

/** What is wrong with a document; nothing when it is valid. */
export function ublSchema(): Check {
  const common: Record<string, Buffer> = {}
  const roots = new Map<string, Buffer>()
  for (const [path, content] of archive('ubl-2.1-xsd.tar.gz')) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (path.startsWith('xsd/maindoc/')) roots.set(name, content)
    // The main documents ask for theirs from beside them.
    else common[`ubl/xsd/common/${name}`] = content
  }
  xmlRegisterInputProvider(new XmlBufferInputProvider(common))
  const validators = new Map(
    ['Invoice', 'CreditNote'].map((root) => {
      const xsd = XmlDocument.fromBuffer(roots.get(`UBL-${root}-2.1.xsd`) ?? Buffer.of(), {
        url: `ubl/UBL-${root}-2.1.xsd`,
      })
      const validator = XsdValidator.fromDoc(xsd)
      xsd.dispose()
      return [root, validator] as const
    }),
  )
  return (xml) => faultsOf(xml, validators)
}

function faultsOf(xml: string, validators: ReadonlyMap<string, XsdValidator>): string[] {
  const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NONET })
  try {
    const validator = validators.get(document.root.name)
    if (!validator) return [`no schema for ${document.root.name}`]
    validator.validate(document)
    return []
  } catch (error) {
    if (!(error instanceof XmlValidateError)) throw error
    return error.details.map(({ message }) => message.trim())
  } finally {
    document.dispose()
  }
}
