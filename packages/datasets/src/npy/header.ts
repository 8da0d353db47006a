import { DataError, type DataLocation } from '../errors.ts'

/** What the header of a `.npy` file says, and where the elements begin. */
export interface NpyHeader {
  /** Type and size as NumPy writes them, `f4`, without the byte order. */
  readonly type: string
  readonly littleEndian: boolean
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  readonly start: number
}

/** More than this no header of plain numbers takes; NumPy itself stops at 10,000. */
const LONGEST = 65_536

/**
 * Reads the header of a `.npy` file: magic, version, and a Python dictionary, of which only the three entries that NumPy
 * writes are accepted, and nothing is evaluated. Throws a `DataError`; so it does for object arrays, which hold pickles.
 *
 * Source: NumPy Enhancement Proposal 1 and `numpy.lib.format`.
 */
export function readNpyHeader(bytes: Uint8Array, { file }: DataLocation = {}): NpyHeader {
  const wrong = (offset: number, message: string) => new DataError('format', message, { file, offset })
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
  if (!magic.every((byte, i) => bytes[i] === byte))
    throw wrong(0, 'not a .npy file: it does not begin with \\x93NUMPY')
  if (bytes.length < 12)
    throw new DataError('truncated', 'it ends within its header', { file, offset: bytes.length })
  const [major] = bytes.subarray(6)
  if (major < 1 || major > 3) throw wrong(6, `version ${major} of the format is not known; 1 to 3 are`)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [at, length] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)]
  if (length > LONGEST) throw wrong(8, `a header of ${length} bytes is longer than allowed`)
  const start = at + length
  if (start > bytes.length)
    throw new DataError('truncated', 'it ends within its header', { file, offset: bytes.length })
  const text = new TextDecoder().decode(bytes.subarray(at, start))
  const descr = /['"]descr['"]\s*:\s*(?:'([^']*)'|"([^"]*)")/.exec(text)
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)
  const shape = /['"]shape['"]\s*:\s*\(([\d,\s]*)\)/.exec(text)
  if (!descr) throw wrong(at, 'its elements are records, not numbers: save each field as an array of its own')
  if (!order || !shape) throw wrong(at, 'its header does not say order and shape as NumPy writes them')
  const [, byteOrder, type] = /^([<>|=])(\w+)$/.exec(descr[1] ?? descr[2]) ?? []
  if (type?.startsWith('O')) throw wrong(at, 'an object array holds Python objects, which are not read')
  if (!type) throw wrong(at, `elements of type ${JSON.stringify(descr[1] ?? descr[2])} are not known`)
  const lengths = shape[1]
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number)
  return { type, littleEndian: byteOrder !== '>', fortranOrder: order[1] === 'True', shape: lengths, start }
}
