import type { ListCode, ReadList } from '../listed.ts'
import { readEuList } from './eu.ts'
import type { ListFile } from './list-file.ts'
import { readUnList } from './un.ts'
import { readBisList, readOfacList } from './us.ts'

export type { ListFile } from './list-file.ts'

const readers: Readonly<Record<ListCode, (files: readonly ListFile[]) => ReadList>> = {
  un: readUnList,
  eu: readEuList,
  ofac: readOfacList,
  bis: readBisList,
}

/** Reads the files of one list; refuses what is no such list. */
export const readList = (list: ListCode, files: readonly ListFile[]): ReadList =>
  readers[list](files)
