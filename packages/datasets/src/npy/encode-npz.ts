import { crc32 } from './crc32.ts'
import { encodeNpy, type NpyContent } from './encode-npy.ts'
import { joined } from './joined.ts'

/** 1 January 1980, midnight: the first that the format has, so that the same arrays give the same bytes. */
const DATE = 0x21
/** That names are UTF-8. */
const FLAGS = 0x800
const VERSION = 20
const MOST = 0xffffffff

/**
 * The bytes of a `.npz` file, which `numpy.load` reads: arrays by name, in the given order, uncompressed as
 * `numpy.savez` writes them.
 *
 * Throws as `encodeNpy`, and a `RangeError` for the name `__proto__`, and where the archive would be 4 GiB or more.
 *
 * Source: PKWARE's description of the ZIP format.
 */
export function encodeNpz(arrays: Readonly<Record<string, NpyContent>>): Uint8Array {
  const local: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [key, array] of Object.entries(arrays)) {
    if (key === '__proto__') throw new RangeError('encodeNpz: an array cannot be called __proto__')
    const name = new TextEncoder().encode(`${key}.npy`)
    const content = encodeNpy(array)
    const size = content.length
    const common = [
      ...[u16(VERSION), u16(FLAGS), u16(0), u16(0), u16(DATE)],
      ...[u32(crc32(content)), u32(size), u32(size), u16(name.length), u16(0)],
    ]
    const header = joined([u32(0x04034b50), ...common, name])
    directory.push(
      joined([u32(0x02014b50), u16(VERSION), ...common, u16(0), u16(0), u16(0), u32(0), u32(offset), name]),
    )
    local.push(header, content)
    offset += header.length + size
  }
  const list = joined(directory)
  const { length } = directory
  if (offset + list.length > MOST || length > 0xffff) {
    throw new RangeError('encodeNpz: an archive holds up to 65,535 arrays, and less than 4 GiB')
  }
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(length),
    u16(length),
    u32(list.length),
    u32(offset),
    u16(0),
  ]
  return joined([...local, list, ...end])
}

const u16 = (value: number) => Uint8Array.of(value, value >>> 8)
const u32 = (value: number) => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)
