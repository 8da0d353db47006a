import { showShape } from '@gosa/linalg'
import { DataError, type DataLocation } from '../errors.ts'
import { type NpyHeader, readNpyHeader } from './header.ts'

type Elements =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/** An array that NumPy saved: row-major elements in the typed array of their type. */
export interface NpyArray {
  /** NumPy's name of the type in the file. */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Booleans as 0 and 1; integers of 64 bits as `Int32Array`. */
  readonly data: Elements
}

interface Kind {
  readonly dtype: string
  readonly size: number
  readonly make: (length: number) => Elements
  readonly get: (view: DataView, at: number, little: boolean) => number
}

const KINDS: Readonly<Record<string, Kind>> = {
  b1: { dtype: 'bool', size: 1, make: (n) => new Uint8Array(n), get: (v, at) => v.getUint8(at) },
  u1: { dtype: 'uint8', size: 1, make: (n) => new Uint8Array(n), get: (v, at) => v.getUint8(at) },
  i1: { dtype: 'int8', size: 1, make: (n) => new Int8Array(n), get: (v, at) => v.getInt8(at) },
  u2: { dtype: 'uint16', size: 2, make: (n) => new Uint16Array(n), get: (v, at, le) => v.getUint16(at, le) },
  i2: { dtype: 'int16', size: 2, make: (n) => new Int16Array(n), get: (v, at, le) => v.getInt16(at, le) },
  u4: { dtype: 'uint32', size: 4, make: (n) => new Uint32Array(n), get: (v, at, le) => v.getUint32(at, le) },
  i4: { dtype: 'int32', size: 4, make: (n) => new Int32Array(n), get: (v, at, le) => v.getInt32(at, le) },
  i8: {
    dtype: 'int64',
    size: 8,
    make: (n) => new Int32Array(n),
    get: (v, at, le) => Number(v.getBigInt64(at, le)),
  },
  u8: {
    dtype: 'uint64',
    size: 8,
    make: (n) => new Int32Array(n),
    get: (v, at, le) => Number(v.getBigUint64(at, le)),
  },
  f4: {
    dtype: 'float32',
    size: 4,
    make: (n) => new Float32Array(n),
    get: (v, at, le) => v.getFloat32(at, le),
  },
  f8: {
    dtype: 'float64',
    size: 8,
    make: (n) => new Float64Array(n),
    get: (v, at, le) => v.getFloat64(at, le),
  },
}

/**
 * Reads the bytes of a `.npy` file: numbers of any byte order, row-major or Fortran order (turned into row-major).
 * Integers of 64 bits, as NumPy makes labels, must fit into 32.
 *
 * Throws a `DataError` where the header is wrong, the type is none of these, or the file is not exactly as long as it
 * says, before memory is taken; object arrays are refused.
 */
export function parseNpy(bytes: Uint8Array, { file }: DataLocation = {}): NpyArray {
  const header = readNpyHeader(bytes, { file })
  const kind = Object.hasOwn(KINDS, header.type) ? KINDS[header.type] : undefined
  if (!kind) {
    const known = Object.values(KINDS)
      .map(({ dtype }) => dtype)
      .join(', ')
    throw new DataError('format', `elements of type ${header.type} are not read; these are: ${known}`, {
      file,
      offset: 10,
    })
  }
  const size = header.shape.reduce((product, length) => product * length, 1)
  const end = header.start + size * kind.size
  if (end !== bytes.length) {
    const [code, offset] =
      end > bytes.length ? (['truncated', bytes.length] as const) : (['trailing', end] as const)
    const message = `shape ${showShape(header.shape)} of ${kind.dtype} takes ${end} bytes with the header, but the file has ${bytes.length}`
    throw new DataError(code, message, { file, offset })
  }
  return { dtype: kind.dtype, shape: header.shape, data: elements(bytes, header, kind, size, file) }
}

function elements(bytes: Uint8Array, header: NpyHeader, kind: Kind, size: number, file?: string): Elements {
  const { start, littleEndian, fortranOrder, shape } = header
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const data = kind.make(size)
  const source = fortranOrder ? fortranPlaces(shape) : (i: number) => i
  for (let i = 0; i < size; i++) {
    const at = start + source(i) * kind.size
    const value = kind.get(view, at, littleEndian)
    data[i] = value
    if (data[i] !== value && kind.dtype.endsWith('64') && kind.dtype !== 'float64') {
      throw new DataError('value', `${value} does not fit into 32 bits`, { file, offset: at })
    }
  }
  return data
}

/** Where the row-major element i stands in Fortran order, in which the first index runs fastest. */
function fortranPlaces(shape: readonly number[]): (i: number) => number {
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1))
  return (i) => {
    let place = 0
    for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
      place += (rest % shape[axis]) * steps[axis]
      rest = Math.floor(rest / shape[axis])
    }
    return place
  }
}
