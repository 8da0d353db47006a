/**
 * NumPy's `.npy` format: one array of numbers.
 *
 *     6 bytes    \x93NUMPY
 *     2 bytes    version
 *     2 bytes    length of the header, little-endian (4 bytes from version 2.0 on)
 *     header     a Python dictionary: {'descr': '<f4', 'fortran_order': False, 'shape': (784, 50), }
 *     elements
 *
 * Source: NumPy Enhancement Proposal 1 and `numpy.lib.format`.
 */
import { showShape } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { checkBytes } from './bytes.ts'
import { FormatError } from './errors.ts'
import { float16ToNumber } from './float16.ts'

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/** No header of plain numbers is longer; NumPy itself reads at most 10,000 by default. */
const MAX_HEADER_BYTES = 65_536

/** `encodeNpy` pads the header so that the elements begin at a multiple of this, as NumPy does. */
const ALIGNMENT_BYTES = 64

/** Bytes that are not a valid `.npy` file, or whose elements cannot be read. */
export class NpyError extends FormatError<'format' | 'truncated' | 'trailing' | 'value'> {
  override readonly name = 'NpyError'
}

type NpyElements =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** An array read from a file: row-major elements in the typed array of their type. */
export interface NpyArray {
  /** NumPy's name of the type in the file, such as `float32`. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Booleans as 0 and 1; integers of 64 bits as `Int32Array`; floats of 16 bits as `Float32Array`. */
  readonly data: NpyElements
}

/** What can be encoded: a `Tensor`, an `NpyArray`, or any typed array of numbers with a shape. */
export type ShapedArray = Pick<NpyArray, 'shape' | 'data'>

/** A type of elements by its code without the byte order, such as `f4`. */
interface ElementType {
  readonly dtype: string
  readonly bytes: number
  readonly create: new (length: number) => NpyElements
  readonly get: (view: DataView, offset: number, littleEndian: boolean) => number
  readonly set?: (view: DataView, offset: number, value: number) => void
}

const ELEMENT_TYPES: Readonly<Record<string, ElementType>> = {
  b1: { dtype: 'bool', bytes: 1, create: Uint8Array, get: (view, at) => view.getUint8(at) },
  u1: {
    ...{ dtype: 'uint8', bytes: 1, create: Uint8Array },
    get: (view, at) => view.getUint8(at),
    set: (view, at, value) => view.setUint8(at, value),
  },
  i1: {
    ...{ dtype: 'int8', bytes: 1, create: Int8Array },
    get: (view, at) => view.getInt8(at),
    set: (view, at, value) => view.setInt8(at, value),
  },
  u2: {
    ...{ dtype: 'uint16', bytes: 2, create: Uint16Array },
    get: (view, at, littleEndian) => view.getUint16(at, littleEndian),
    set: (view, at, value) => view.setUint16(at, value, true),
  },
  i2: {
    ...{ dtype: 'int16', bytes: 2, create: Int16Array },
    get: (view, at, littleEndian) => view.getInt16(at, littleEndian),
    set: (view, at, value) => view.setInt16(at, value, true),
  },
  u4: {
    ...{ dtype: 'uint32', bytes: 4, create: Uint32Array },
    get: (view, at, littleEndian) => view.getUint32(at, littleEndian),
    set: (view, at, value) => view.setUint32(at, value, true),
  },
  i4: {
    ...{ dtype: 'int32', bytes: 4, create: Int32Array },
    get: (view, at, littleEndian) => view.getInt32(at, littleEndian),
    set: (view, at, value) => view.setInt32(at, value, true),
  },
  i8: {
    ...{ dtype: 'int64', bytes: 8, create: Int32Array },
    get: (view, at, littleEndian) => Number(view.getBigInt64(at, littleEndian)),
  },
  u8: {
    ...{ dtype: 'uint64', bytes: 8, create: Int32Array },
    get: (view, at, littleEndian) => Number(view.getBigUint64(at, littleEndian)),
  },
  f2: {
    ...{ dtype: 'float16', bytes: 2, create: Float32Array },
    get: (view, at, littleEndian) => float16ToNumber(view.getUint16(at, littleEndian)),
  },
  f4: {
    ...{ dtype: 'float32', bytes: 4, create: Float32Array },
    get: (view, at, littleEndian) => view.getFloat32(at, littleEndian),
    set: (view, at, value) => view.setFloat32(at, value, true),
  },
  f8: {
    ...{ dtype: 'float64', bytes: 8, create: Float64Array },
    get: (view, at, littleEndian) => view.getFloat64(at, littleEndian),
    set: (view, at, value) => view.setFloat64(at, value, true),
  },
}

/**
 * Returns the bytes of a `.npy` file, which `numpy.load` reads: version 1.0, row-major, little-endian, with the type of
 * the typed array.
 *
 * Throws a `RangeError` if the shape does not fit the number of elements, and a `TypeError` for any other kind of array.
 */
export function encodeNpy(array: ShapedArray): Uint8Array {
  const { shape, data } = array ?? {}
  const [code, type] =
    Object.entries(ELEMENT_TYPES).find(([, { create, set }]) => set && data instanceof create) ?? []
  if (!type?.set) {
    throw new TypeError(
      'encodeNpy: elements must be a typed array of integers up to 32 bits, or of floats of 32 or 64, ' +
        `not ${showValue(data)}`,
    )
  }
  if (!Array.isArray(shape)) {
    throw new TypeError(`encodeNpy: shape must be an array such as [2, 3], not ${showValue(shape)}`)
  }
  if (shape.reduce((product, length) => product * length, 1) !== data.length) {
    throw new RangeError(`encodeNpy: ${data.length} elements do not make the shape ${showShape(shape)}`)
  }
  const descr = `${type.bytes === 1 ? '|' : '<'}${code}`
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`
  const start = Math.ceil((10 + text.length + 1) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES
  const bytes = new Uint8Array(start + data.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set([...MAGIC, 1, 0])
  view.setUint16(8, start - 10, true)
  bytes.set(new TextEncoder().encode(`${text.padEnd(start - 11)}\n`), 10)
  for (let i = 0; i < data.length; i++) type.set(view, start + i * type.bytes, data[i])
  return bytes
}

/**
 * Returns the array of a `.npy` file: numbers of any byte order, in row-major or Fortran order (converted to row-major).
 * Integers of 64 bits, NumPy's default for labels, must fit into 32; float16 is read to float32. Headers may be Python 2's,
 * with lengths such as `2L`. `file` is a name for error messages.
 *
 * Throws an `NpyError` if the header is wrong, the type is not supported (object arrays hold pickles and are refused), or
 * the file is not exactly as long as its header says, before memory is allocated.
 */
export function decodeNpy(bytes: Uint8Array, options?: { file?: string }): NpyArray {
  checkBytes('decodeNpy', bytes)
  const { file } = checkOptions('decodeNpy', options, ['file'])
  const header = readHeader(bytes, file)
  const { code, shape, start } = header
  const type = Object.hasOwn(ELEMENT_TYPES, code) ? ELEMENT_TYPES[code] : undefined
  if (!type) {
    const known = Object.values(ELEMENT_TYPES).map(({ dtype }) => dtype)
    throw new NpyError('format', `elements of type ${code} cannot be read; these can: ${known.join(', ')}`, {
      file,
      offset: 10,
    })
  }
  const size = shape.reduce((product, length) => product * length, 1)
  const end = start + size * type.bytes
  if (end !== bytes.length) {
    throw new NpyError(
      end > bytes.length ? 'truncated' : 'trailing',
      `shape ${showShape(shape)} of ${type.dtype} takes ${end} bytes with the header, but the file has ${bytes.length}`,
      { file, offset: Math.min(end, bytes.length) },
    )
  }
  return { dtype: type.dtype, shape, data: readElements(bytes, header, type, size, file) }
}

/** What the header says, and where the elements begin. */
interface NpyHeader {
  /** Type and size as NumPy writes them, without the byte order: `f4`. */
  readonly code: string
  readonly littleEndian: boolean
  readonly fortranOrder: boolean
  readonly shape: readonly number[]
  readonly start: number
}

/** Accepts only the three entries that NumPy writes into the Python dictionary, and evaluates nothing. */
function readHeader(bytes: Uint8Array, file?: string): NpyHeader {
  const formatError = (offset: number, message: string) => new NpyError('format', message, { file, offset })
  const truncated = () =>
    new NpyError('truncated', 'the file ends within its header', { file, offset: bytes.length })
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw formatError(0, 'not a .npy file: it does not begin with \\x93NUMPY')
  }
  if (bytes.length < 12) throw truncated()
  const majorVersion = bytes[6]
  if (majorVersion < 1 || majorVersion > 3) {
    throw formatError(6, `version ${majorVersion} of the format is not known; 1 to 3 are`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [begin, length] = majorVersion === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)]
  if (length > MAX_HEADER_BYTES) throw formatError(8, `a header of ${length} bytes is longer than allowed`)
  const start = begin + length
  if (start > bytes.length) throw truncated()
  const text = new TextDecoder().decode(bytes.subarray(begin, start))
  const descr = /['"]descr['"]\s*:\s*u?(?:'([^']*)'|"([^"]*)")/.exec(text)
  const order = /['"]fortran_order['"]\s*:\s*(True|False)/.exec(text)
  const shape = /['"]shape['"]\s*:\s*\(([\d,\sL]*)\)/.exec(text)
  if (!descr) {
    throw formatError(begin, 'its elements are records, not numbers: save each field as a separate array')
  }
  if (!order || !shape) {
    throw formatError(begin, 'its header does not state order and shape as NumPy writes them')
  }
  const type = descr[1] ?? descr[2]
  const [, byteOrder, code] = /^([<>|=])(\w+)$/.exec(type) ?? []
  if (code?.startsWith('O')) {
    throw formatError(begin, 'an object array holds Python objects, which are not read')
  }
  if (!code) throw formatError(begin, `elements of type ${JSON.stringify(type)} are not known`)
  // Python 2 writes 2L for a long integer.
  const lengths = shape[1].split(',').map((part) => part.trim().replace(/(?<=\d)L$/, ''))
  if (lengths.at(-1) === '') lengths.pop()
  if (!lengths.every((length) => /^\d+$/.test(length))) {
    throw formatError(begin, `its shape (${shape[1]}) is not a tuple of lengths such as (2, 3)`)
  }
  return {
    code,
    littleEndian: byteOrder !== '>',
    fortranOrder: order[1] === 'True',
    shape: lengths.map(Number),
    start,
  }
}

function readElements(
  bytes: Uint8Array,
  { start, littleEndian, fortranOrder, shape }: NpyHeader,
  { dtype, bytes: bytesPerElement, create: Elements, get }: ElementType,
  size: number,
  file?: string,
): NpyElements {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const data = new Elements(size)
  const indexInFile = fortranOrder ? fortranIndex(shape) : (i: number) => i
  const is64BitInteger = dtype === 'int64' || dtype === 'uint64'
  for (let i = 0; i < size; i++) {
    const offset = start + indexInFile(i) * bytesPerElement
    const value = get(view, offset, littleEndian)
    data[i] = value
    if (is64BitInteger && data[i] !== value) {
      throw new NpyError('value', `${value} does not fit into 32 bits`, { file, offset })
    }
  }
  return data
}

/** The index in Fortran order, in which the first axis varies fastest, of the row-major element i. */
function fortranIndex(shape: readonly number[]): (i: number) => number {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1))
  return (i) => {
    let index = 0
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      index += (rest % shape[axis]) * strides[axis]
      rest = Math.floor(rest / shape[axis])
    }
    return index
  }
}
