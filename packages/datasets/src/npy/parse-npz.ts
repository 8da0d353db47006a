import { DataError, type DataLocation } from '../errors.ts'
import { type NpyArray, parseNpy } from './parse-npy.ts'
import { unzip } from './unzip.ts'
import { zipEntries } from './zip-directory.ts'

/**
 * Reads the bytes of a `.npz` file, as `numpy.savez` and `savez_compressed` write them: its arrays by name. Everything
 * stays in memory; names are only names. No array may be larger than `limit` bytes, 2 GiB by default, nor than the
 * archive says.
 *
 * Rejects with a `DataError` where the archive or an array in it is broken (their checksums are compared), encrypted, or
 * too large, where two arrays share a name or bytes, and where one is called `__proto__`.
 *
 * Source: PKWARE's description of the ZIP format.
 */
export async function parseNpz(
  bytes: Uint8Array,
  { file, limit = 2 ** 31 }: DataLocation & { limit?: number } = {},
): Promise<Record<string, NpyArray>> {
  const arrays = new Map<string, NpyArray>()
  for (const entry of zipEntries(bytes, file)) {
    const place = `${file === undefined ? '' : `${file}/`}${entry.name}`
    if (!entry.name.endsWith('.npy'))
      throw new DataError('format', 'is not an array of NumPy', { file: place })
    if (entry.size > limit) {
      throw new DataError('size', `has ${entry.size} bytes, more than the ${limit} that are allowed`, {
        file: place,
      })
    }
    const name = entry.name.slice(0, -4)
    if (name === '__proto__' || arrays.has(name)) {
      throw new DataError('format', 'its name is forbidden, or stands twice in the archive', { file: place })
    }
    arrays.set(name, parseNpy(await unzip(bytes, entry, place), { file: place }))
  }
  return Object.fromEntries(arrays)
}
