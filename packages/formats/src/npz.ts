/** NumPy's `.npz` format: a ZIP archive of `.npy` files, one array each. */
import { checkOptions, showValue } from '@gosa/linalg/options'
import { checkBytes, checkRecord } from './bytes.ts'
import { decodeNpy, encodeNpy, type NpyArray, NpyError, type ShapedArray } from './npy.ts'
import { readZipDirectory, readZipEntry, writeZip, type ZipEntry, ZipError } from './zip.ts'

/** Default limit of `decodeNpz` for all arrays together: 2 GiB. */
const MAX_UNPACKED_BYTES = 0x80000000

const EXTENSION = '.npy'

/**
 * Returns the bytes of a `.npz` file, which `numpy.load` reads: arrays by name in the given order, uncompressed as
 * `numpy.savez` writes them. The same arrays give the same bytes.
 *
 * Throws as `encodeNpy` does, and a `RangeError` for the name `__proto__` and for archives of 4 GiB or more.
 */
export function encodeNpz(arrays: Readonly<Record<string, ShapedArray>>): Uint8Array {
  checkRecord('encodeNpz', 'arrays', arrays)
  if (Object.hasOwn(arrays, '__proto__')) {
    throw new RangeError('encodeNpz: an array cannot be called __proto__')
  }
  const files = Object.entries(arrays).map(([name, array]) => ({
    name: `${name}.npy`,
    content: encodeNpy(array),
  }))
  return writeZip(files)
}

/**
 * Returns the names of the arrays in a `.npz` file, in its order, without unpacking any. `file` is a name for error messages.
 *
 * Throws a `ZipError` if the directory of the archive is broken, and an `NpyError` if a file in it is no array, or two share
 * a name, or one is called `__proto__`.
 */
export function readNpzNames(bytes: Uint8Array, options?: { file?: string }): string[] {
  checkBytes('readNpzNames', bytes)
  const { file } = checkOptions('readNpzNames', options, ['file'])
  return readNpzDirectory(bytes, file).map(({ key }) => key)
}

/**
 * Returns the arrays of a `.npz` file by name, as `numpy.savez` and `savez_compressed` write them. Everything stays in
 * memory. All arrays together may unpack to at most `limit` bytes, 2 GiB by default, and none to more than the archive says.
 * Names and sizes are checked before anything is unpacked. `file` is a name for error messages.
 *
 * Rejects with a `ZipError` if the archive is broken (checksums are compared), encrypted, or too large, and with an
 * `NpyError` if an array is broken, or two arrays share a name, or one is called `__proto__`.
 */
export async function decodeNpz(
  bytes: Uint8Array,
  options?: { file?: string; limit?: number },
): Promise<Record<string, NpyArray>> {
  checkBytes('decodeNpz', bytes)
  const { file, limit = MAX_UNPACKED_BYTES } = checkOptions('decodeNpz', options, ['file', 'limit'])
  if (typeof limit !== 'number') {
    throw new TypeError(`decodeNpz: limit must be a number of bytes, not ${showValue(limit)}`)
  }
  const directory = readNpzDirectory(bytes, file)
  let total = 0
  for (const { entry, path } of directory) {
    total += entry.size
    if (total > limit) {
      const message =
        directory.length === 1
          ? `has ${entry.size} bytes, more than the ${limit} that are allowed`
          : `the arrays up to this one have ${total} bytes, more than the ${limit} that are allowed for all together`
      throw new ZipError('size', message, { file: path, offset: entry.offset })
    }
  }
  const arrays: [string, NpyArray][] = []
  for (const { key, entry, path } of directory) {
    arrays.push([key, decodeNpy(await readZipEntry(bytes, entry, path), { file: path })])
  }
  return Object.fromEntries(arrays)
}

/** The files of the archive with the names of their arrays, all of which are checked; `path` is for error messages. */
function readNpzDirectory(
  bytes: Uint8Array,
  file?: string,
): { key: string; entry: ZipEntry; path: string }[] {
  const keys = new Set<string>()
  return readZipDirectory(bytes, file).map((entry) => {
    const { name, offset } = entry
    const path = `${file === undefined ? '' : `${file}/`}${name}`
    if (!name.endsWith(EXTENSION)) throw new NpyError('format', 'not a NumPy array', { file: path, offset })
    const key = name.slice(0, -EXTENSION.length)
    if (key === '__proto__' || keys.has(key)) {
      throw new NpyError('format', 'the name is forbidden or repeated in the archive', { file: path, offset })
    }
    keys.add(key)
    return { key, entry, path }
  })
}
