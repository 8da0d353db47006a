import { allocate, dtypeOf, type FloatArray } from './dtype.ts'
import { type Shape, showShape, sizeOf } from './shape.ts'
import { SparseMatrix } from './sparse.ts'
import { Tensor } from './tensor.ts'

/** So many values can be told by one byte, 0 among them; so many columns by two. */
const [VALUES, COLUMNS] = [256, 2 ** 16]

/**
 * The same matrix with a list of its nonzero elements, where at least half of them are 0 and there are at most 256
 * different ones, as in images of bytes (and x itself where not): training on it, and on rows taken from it, is faster,
 * with the same bits. `data` are shared, not copied, and must not be changed any more.
 *
 *     const images = compress(train.images)
 */
export function compress(x: Tensor): Tensor {
  if (x.rank !== 2 || x.shape[1] > COLUMNS || x instanceof SparseMatrix) return x
  const { codes, palette } = codesOf(x.data) ?? {}
  return (codes && sparseOf(codes, x.shape, palette as FloatArray, x.data)) ?? x
}

/**
 * The matrix of the elements `palette[code]`, in the dtype of the palette, compressed at once where `compress` would: so
 * bytes need not become numbers first. `palette[0]` is 0; there are at most 256. `codes` are not kept.
 *
 * Throws a `RangeError` where `codes` do not fit the shape, or a code has no value.
 */
export function compressCodes(
  codes: Uint8Array,
  { shape, palette }: { shape: Shape; palette: FloatArray },
): Tensor {
  if (shape.length !== 2 || sizeOf(shape) !== codes.length) {
    throw new RangeError(
      `compressCodes: ${codes.length} codes do not make a matrix of shape ${showShape(shape)}`,
    )
  }
  if (palette[0] !== 0 || palette.length > VALUES) {
    throw new RangeError(`compressCodes: the palette must have 0 first, and at most ${VALUES} values`)
  }
  const largest = palette.length < VALUES ? largestOf(codes) : 0
  if (largest >= palette.length) {
    throw new RangeError(`compressCodes: code ${largest} has none of the palette's ${palette.length} values`)
  }
  const all = allocate(VALUES, dtypeOf(palette))
  all.set(palette)
  return (
    sparseOf(codes, shape, all) ??
    new Tensor(
      allocate(codes.length, dtypeOf(palette)).map((_, i) => palette[codes[i]]),
      shape,
    )
  )
}

function largestOf(codes: Uint8Array): number {
  let largest = 0
  for (const code of codes) if (code > largest) largest = code
  return largest
}

/** Numbers for the values of an array, 0 for 0, and which is which; `undefined` for too many values or too few zeros. */
function codesOf(data: FloatArray): { codes: Uint8Array; palette: FloatArray } | undefined {
  const codes = new Uint8Array(data.length)
  const palette = allocate(VALUES, dtypeOf(data))
  const words = data.BYTES_PER_ELEMENT / 4
  const bits = new Int32Array(data.buffer, data.byteOffset, words * data.length)
  // A table of codes by their values' bits, several times as large as need be, so that few meet in one place.
  const table = new Uint8Array(4 * VALUES)
  const ownBits = new Int32Array(palette.buffer)
  const isAt = (code: number, i: number) =>
    ownBits[words * code] === bits[words * i] && (words === 1 || ownBits[2 * code + 1] === bits[2 * i + 1])
  let [used, left] = [0, data.length / 2]
  for (let i = 0; i < data.length; i++) {
    const value = data[i]
    if (value === 0) continue
    if (--left < 0) return undefined
    const mixed = words === 1 ? bits[i] : bits[2 * i] ^ Math.imul(bits[2 * i + 1], 0x85ebca6b)
    let place = Math.imul(mixed, 0x9e3779b1) >>> 22
    while (table[place] !== 0 && !isAt(table[place], i)) place = (place + 1) % table.length
    if (table[place] === 0) {
      if (++used === VALUES) return undefined
      palette[used] = value
      table[place] = used
    }
    codes[i] = table[place]
  }
  return { codes, palette }
}

/** `undefined` for too many columns or too few zeros. Without `data`, these are put together when they are asked for. */
function sparseOf(
  codes: Uint8Array,
  shape: Shape,
  palette: FloatArray,
  data?: FloatArray,
): SparseMatrix | undefined {
  const [rows, columns] = shape
  if (columns > COLUMNS) return undefined
  const starts = new Int32Array(rows + 1)
  for (let r = 0, i = 0, count = 0; r < rows; r++) {
    for (const end = i + columns; i < end; i++) count += codes[i] !== 0 ? 1 : 0
    starts[r + 1] = count
  }
  if (starts[rows] > codes.length / 2) return undefined
  const elements = new Uint8Array(3 * starts[rows])
  for (let r = 0, i = 0; r < rows; r++) {
    let place = 3 * starts[r]
    let number = place + 2 * (starts[r + 1] - starts[r])
    for (let c = 0; c < columns; c++, i++) {
      const code = codes[i]
      if (code === 0) continue
      elements[place++] = c
      elements[place++] = c >> 8
      elements[number++] = code
    }
  }
  const lists = { starts, elements, palette }
  return new SparseMatrix(data ?? allocate(codes.length, dtypeOf(palette)), shape, lists, data !== undefined)
}
