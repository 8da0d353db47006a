/** `compress` and `compressCodes`: find the zeros and the distinct values of a matrix, and build its CSR form. */

import { allocate, dtypeOf, type FloatArray } from '../tensor/dtype.ts'
import { type Shape, showShape, sizeOf } from '../tensor/shape.ts'
import { Tensor } from '../tensor/tensor.ts'
import { type CompressedRows, CsrMatrix } from './csr-matrix.ts'

/** Number of values that a code of one byte distinguishes, 0 among them. */
const CODEBOOK_SIZE = 256

/** Maximum distance between the columns of neighbouring entries. */
const MAX_DISTANCE = 255

/** Number of slots of the hash table of values: four times the codebook, so that few values collide. */
const HASH_SLOTS = 4 * CODEBOOK_SIZE

/** The hash is 32 bits wide; its upper 10 bits select one of 1,024 slots. */
const HASH_SHIFT = 22

/**
 * Returns the same matrix with the CSR form of its nonzero elements, if at least half of the elements are 0 and there
 * are at most 256 distinct values, as in images of bytes; else `x` itself. Products with it, and with rows taken from
 * it, are faster and have the same bits. `data` is shared, not copied, and must not be changed any more.
 *
 *     const x = compress(train.x)
 */
export function compress(x: Tensor): Tensor {
  if (x.rank !== 2 || x instanceof CsrMatrix) return x
  const { codes, codebook } = encode(x.data) ?? {}
  return (codes && toCsrMatrix(codes, x.shape, codebook as FloatArray, x.data)) ?? x
}

/**
 * Returns the matrix of the elements `codebook[code]`, in the dtype of the codebook, compressed if `compress` would
 * compress it: the way from image bytes to a compressed matrix without the dense one. `codebook[0]` is 0, and it has at
 * most 256 values. Does not keep `codes`.
 *
 * Throws a `RangeError` if `codes` do not fit the shape, or a code lies outside of the codebook.
 */
export function compressCodes(
  codes: Uint8Array,
  { shape, codebook }: { shape: Shape; codebook: FloatArray },
): Tensor {
  if (shape.length !== 2 || sizeOf(shape) !== codes.length) {
    throw new RangeError(
      `compressCodes: ${codes.length} codes do not fit into a matrix of shape ${showShape(shape)}`,
    )
  }
  if (codebook[0] !== 0 || codebook.length > CODEBOOK_SIZE) {
    throw new RangeError(
      `compressCodes: the codebook must begin with 0 and have at most ${CODEBOOK_SIZE} values, ` +
        `not begin with ${codebook[0]} and have ${codebook.length}`,
    )
  }
  const largest = codebook.length < CODEBOOK_SIZE ? largestOf(codes) : 0
  if (largest >= codebook.length) {
    throw new RangeError(
      `compressCodes: code ${largest} lies outside of the codebook of ${codebook.length} values`,
    )
  }
  const padded = allocate(CODEBOOK_SIZE, dtypeOf(codebook))
  padded.set(codebook)
  return (
    toCsrMatrix(codes, shape, padded) ??
    new Tensor(
      allocate(codes.length, dtypeOf(codebook)).map((_, i) => codebook[codes[i]]),
      shape,
    )
  )
}

function largestOf(codes: Uint8Array): number {
  let largest = 0
  for (const code of codes) if (code > largest) largest = code
  return largest
}

/** Returns a code for each element (0 for 0) and the codebook; `undefined` if there are too many values or too few zeros. */
function encode(data: FloatArray): { codes: Uint8Array; codebook: FloatArray } | undefined {
  const codes = new Uint8Array(data.length)
  const codebook = allocate(CODEBOOK_SIZE, dtypeOf(data))
  // Values are hashed and compared by their bits, one or two words each, so that NaN has a code as well.
  const words = data.BYTES_PER_ELEMENT / 4
  const bits = new Int32Array(data.buffer, data.byteOffset, words * data.length)
  const codebookBits = new Int32Array(codebook.buffer)
  const hasCode = (i: number, code: number) =>
    codebookBits[words * code] === bits[words * i] &&
    (words === 1 || codebookBits[2 * code + 1] === bits[2 * i + 1])
  const table = new Uint8Array(HASH_SLOTS)
  let used = 0
  let nonzeroLeft = data.length / 2
  for (let i = 0; i < data.length; i++) {
    const value = data[i]
    if (value === 0) continue
    if (--nonzeroLeft < 0) return undefined
    const mixed = words === 1 ? bits[i] : bits[2 * i] ^ Math.imul(bits[2 * i + 1], 0x85ebca6b)
    let slot = Math.imul(mixed, 0x9e3779b1) >>> HASH_SHIFT
    while (table[slot] !== 0 && !hasCode(i, table[slot])) slot = (slot + 1) % HASH_SLOTS
    if (table[slot] === 0) {
      if (++used === CODEBOOK_SIZE) return undefined
      codebook[used] = value
      table[slot] = used
    }
    codes[i] = table[slot]
  }
  return { codes, codebook }
}

/**
 * Builds the CSR form; returns `undefined` if there are too few zeros. Without `data`, the dense elements are filled in when
 * they are first read.
 */
function toCsrMatrix(
  codes: Uint8Array,
  shape: Shape,
  codebook: FloatArray,
  data?: FloatArray,
): CsrMatrix | undefined {
  const [rows, columns] = shape
  const rowOffsets = new Int32Array(rows + 1)
  // There is no result with more entries than half the elements, which these bytes hold; a store beyond them has no effect.
  const entries = new Uint8Array(codes.length)
  let length = 0
  for (let r = 0, i = 0; r < rows; r++) {
    let previous = i
    for (const end = i + columns; i < end; i++) {
      if (codes[i] === 0) continue
      for (; i - previous > MAX_DISTANCE; previous += MAX_DISTANCE) {
        entries[length] = MAX_DISTANCE
        length += 2
      }
      entries[length] = i - previous
      entries[length + 1] = codes[i]
      length += 2
      previous = i
    }
    rowOffsets[r + 1] = length / 2
  }
  if (length > codes.length) return undefined
  const compressed: CompressedRows = { rowOffsets, entries: entries.slice(0, length), codebook }
  const isMaterialized = data !== undefined
  return new CsrMatrix(data ?? allocate(codes.length, dtypeOf(codebook)), shape, compressed, isMaterialized)
}
