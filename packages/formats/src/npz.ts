/** NumPy's `.npz` format: a ZIP archive of `.npy` files, one array each. */
import { decodeNpy, encodeNpy, type NpyArray, NpyError, type ShapedArray } from './npy.ts'
import { readZipDirectory, readZipEntry, writeZip, ZipError } from './zip.ts'

/** Default limit of `decodeNpz` for one array: 2 GiB. */
const MAX_ARRAY_BYTES = 0x80000000

/**
 * Returns the bytes of a `.npz` file, which `numpy.load` reads: arrays by name in the given order, uncompressed as
 * `numpy.savez` writes them. The same arrays give the same bytes.
 *
 * Throws as `encodeNpy` does, and a `RangeError` for the name `__proto__` and for archives of 4 GiB or more.
 */
export function encodeNpz(arrays: Readonly<Record<string, ShapedArray>>): Uint8Array {
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
 * Returns the arrays of a `.npz` file by name, as `numpy.savez` and `savez_compressed` write them. Everything stays in
 * memory. No array may be larger than `limit` bytes, 2 GiB by default, or than the archive says. `file` is a name for
 * error messages.
 *
 * Rejects with a `ZipError` if the archive is broken (checksums are compared), encrypted, or too large, and with an
 * `NpyError` if an array is broken, or two arrays share a name, or one is called `__proto__`.
 */
export async function decodeNpz(
  bytes: Uint8Array,
  { file, limit = MAX_ARRAY_BYTES }: { file?: string; limit?: number } = {},
): Promise<Record<string, NpyArray>> {
  const arrays = new Map<string, NpyArray>()
  for (const entry of readZipDirectory(bytes, file)) {
    const { name, size, offset } = entry
    const path = `${file === undefined ? '' : `${file}/`}${name}`
    if (!name.endsWith('.npy')) throw new NpyError('format', 'not a NumPy array', { file: path, offset })
    if (size > limit) {
      const message = `has ${size} bytes, more than the ${limit} that are allowed`
      throw new ZipError('size', message, { file: path, offset })
    }
    const key = name.slice(0, -'.npy'.length)
    if (key === '__proto__' || arrays.has(key)) {
      throw new NpyError('format', 'the name is forbidden or repeated in the archive', { file: path, offset })
    }
    arrays.set(key, decodeNpy(await readZipEntry(bytes, entry, path), { file: path }))
  }
  return Object.fromEntries(arrays)
}
