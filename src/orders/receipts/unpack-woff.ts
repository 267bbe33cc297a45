import { inflateSync } from 'node:zlib'

/**
 * A font out of its WOFF 1.0 wrapping (W3C, 2012): the same tables, not compressed. `fontkit` reads wrapped fonts too, and
 * unpacks a table again for every letter. Anything that is not WOFF 1.0 comes back as it is.
 */
export function unpackWoff(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') return file
  const count = file.readUInt16BE(12)
  const head = Buffer.alloc(12 + 16 * count)
  file.copy(head, 0, 4, 8)
  head.writeUInt16BE(count, 4)
  const tables: Buffer[] = []
  let offset = head.length
  for (let index = 0; index < count; index += 1) {
    const entry = file.subarray(44 + 20 * index, 64 + 20 * index)
    const [at, packed, size] = [4, 8, 12].map((each) => entry.readUInt32BE(each)) as [
      number,
      number,
      number,
    ]
    const content = file.subarray(at, at + packed)
    const table = packed < size ? inflateSync(content) : content
    const row = 12 + 16 * index
    entry.copy(head, row, 0, 4)
    entry.copy(head, row + 4, 16, 20)
    head.writeUInt32BE(offset, row + 8)
    head.writeUInt32BE(size, row + 12)
    // Each table begins at a multiple of four.
    const padding = Buffer.alloc(-size & 3)
    tables.push(table, padding)
    offset += size + padding.length
  }
  return Buffer.concat([head, ...tables])
}
