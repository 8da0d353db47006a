/** Tables from files: CSV, and npz with x and y. */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { failure, fileReadError, usageError } from '@gosa/cli-kit'
import { DataError, parseCsvStream, type Table, tableFromArrays } from '@gosa/datasets'
import { decodeNpz, FormatError } from '@gosa/formats'
import { isFolder, readBytes } from '../files/files.ts'

/** Whether `--data`, or an argument, names the file of a table. */
export const isTableFile = (path: string): boolean => /\.(csv|tsv|npz)$/i.test(path)

/** How a CSV file is written. */
export interface TableFileOptions {
  delimiter?: string
  decimal?: '.' | ','
}

/** Reads a table. Throws a `CommandError` that names the file, and line and column where something is wrong. */
export async function readTable(file: string, options: TableFileOptions = {}): Promise<Table> {
  if (await isFolder(file)) throw failure(`${file} is a folder, not a file`)
  try {
    return /\.npz$/i.test(file) ? await readNpz(file) : await readCsv(file, options)
  } catch (error) {
    if (error instanceof DataError || error instanceof FormatError)
      throw failure(error.message, { cause: error })
    if (error instanceof RangeError) throw usageError(error.message, { cause: error })
    if ((error as NodeJS.ErrnoException).syscall) throw fileReadError(file, error)
    throw error
  }
}

async function readCsv(file: string, { delimiter, decimal }: TableFileOptions): Promise<Table> {
  const separator = delimiter ?? (/\.tsv$/i.test(file) ? '\t' : ',')
  const table = await parseCsvStream(createReadStream(file), { file, delimiter: separator, decimal })
  if (table.columns.length > 1) return table
  const name = table.names[0] ?? ''
  const other = [';', '\t', ','].find((one) => one !== separator && name.includes(one))
  if (other === undefined) return table
  throw usageError(
    `${file} has one column, ${JSON.stringify(name.slice(0, 60))}: is it separated by ${JSON.stringify(other)}? Then say --delimiter ${other === '\t' ? 'tab' : `'${other}'`}`,
  )
}

async function readNpz(file: string): Promise<Table> {
  const arrays = await decodeNpz(await readBytes(file), { file })
  const { x, y } = arrays
  if (x && y) return tableFromArrays({ x, y })
  throw failure(
    `${file} must hold the arrays x (N, D) and y (N); it holds ${Object.keys(arrays).join(', ') || 'none'}`,
  )
}

/** The name of a table for people and for the folder of its runs: `wine` of `data/wine.csv`. */
export const tableName = (file: string): string => basename(file).replace(/\.[^.]*$/, '')
