import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ParseOption, XmlDocument, XmlValidateError, XsdValidator } from 'libxml2-wasm'
import { filesInTar } from '../../src/parties/screening/import/tar.ts'

// XML against the schemas of ISO 20022, by a parser that is not the hub's. The schemas are no part of the project: they
// lie in the folder that EWTP_REFERENCE_DATA names.

const data = process.env['EWTP_REFERENCE_DATA']
const archive = join(data ?? '', 'payments', 'iso20022-xsd-and-samples.tar.gz')

/** Whether the schemas are at hand; a test that needs them is skipped by name when they are not. */
export const hasSchemas = data !== undefined && existsSync(archive)

/** A file of the archive, such as `samples/pain.001.001.03.xml`. */
export function isoFile(name: string): Buffer {
  const files = filesInTar(gunzipSync(readFileSync(archive)), archive)
  const file = files.find((each) => each.name === name)
  if (!file) throw new Error(`${name} is not in ${archive}`)
  return Buffer.from(file.bytes)
}

/** A check of documents against one schema, such as `camt.053.001.08`: what is wrong, nothing when it is valid. */
export function schema(name: string): (xml: string) => string[] {
  const xsd = XmlDocument.fromBuffer(isoFile(`${name}.xsd`))
  const validator = XsdValidator.fromDoc(xsd)
  xsd.dispose()
  return (xml) => {
    const document = XmlDocument.fromString(xml, { option: ParseOption.XML_PARSE_NONET })
    try {
      validator.validate(document)
      return []
    } catch (error) {
      if (!(error instanceof XmlValidateError)) throw error
      return error.details.map(({ line, message }) => `${line}: ${message.trim()}`)
    } finally {
      document.dispose()
    }
  }
}
