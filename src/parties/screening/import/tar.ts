import { Refusal } from '../../../basis/refusal.ts'
import type { ListFile } from './list-file.ts'

/** Plain files of a tar archive (POSIX ustar), as far as archives of small tables use it. */
export function filesInTar(archive: Uint8Array, name: string): ListFile[] {
  const files: ListFile[] = []
  let at = 0
  while (at + 512 <= archive.length) {
    const head = archive.subarray(at, at + 512)
    if (head.every((byte) => byte === 0)) return files
    const size = Number.parseInt(field(head, 124, 12), 8)
    const end = at + 512 + size
    if (!Number.isSafeInteger(size) || size < 0 || end > archive.length || !isSummed(head))
      throw new Refusal('list-unreadable', { file: name })
    const type = field(head, 156, 1)
    if (type === '0' || type === '')
      files.push({ name: field(head, 0, 100), bytes: archive.subarray(at + 512, end) })
    at = end + ((512 - (size % 512)) % 512)
  }
  return files
}

export const isTar = (bytes: Uint8Array): boolean => field(bytes, 257, 5) === 'ustar'

/** The sum of the head's bytes, its own field taken as blanks. */
function isSummed(head: Uint8Array): boolean {
  let sum = 0
  for (const [at, byte] of head.entries()) sum += at >= 148 && at < 156 ? 32 : byte
  return sum === Number.parseInt(field(head, 148, 8), 8)
}

function field(head: Uint8Array, from: number, length: number): string {
  const text = new TextDecoder('latin1').decode(head.subarray(from, from + length))
  return text.split('\0')[0]?.trim() ?? ''
}
