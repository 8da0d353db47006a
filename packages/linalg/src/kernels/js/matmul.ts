/** `matmul` of the reference: tile by tile, on copies of the operands. */
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend } from '../backend.ts'

/** Height and width of a tile of the result, whose sums stay in registers while k runs. */
const TILE_SIZE = 4

/** Maximum number of rows of A that are packed at once, so that a tall A needs little additional memory. */
const MAX_PACKED_ROWS = 256

/**
 * `C[i, j] = Σ_k A[i, k]·B[k, j]`, each sum in float64 and in the order of k.
 *
 * The rows of A and the columns of B are first packed one after the other as float64 (which also undoes a transpose),
 * padded with zeros to whole tiles; then C is computed tile by tile, reading both sequentially. This is several times as
 * fast as three plain loops, with the same bits.
 */
export const matmul: Backend['matmul'] = (a, b, out, { m, k, n }, transpose) => {
  const columns = pack(b, 0, n, k, transpose.b ? k : 1, transpose.b ? 1 : n)
  for (let first = 0; first < m; first += MAX_PACKED_ROWS) {
    const count = Math.min(MAX_PACKED_ROWS, m - first)
    const rows = pack(a, first, count, k, transpose.a ? 1 : k, transpose.a ? m : 1)
    multiply(rows, columns, k, out.subarray(first * n, (first + count) * n), n)
  }
}

/** Multiplies every packed row by every packed column, tile by tile; `out` is (count, n). */
function multiply(rows: Float64Array, columns: Float64Array, k: number, out: FloatArray, n: number): void {
  const count = out.length / n
  const sums = new Float64Array(TILE_SIZE * TILE_SIZE)
  for (let i = 0; i < count; i += TILE_SIZE) {
    for (let j = 0; j < n; j += TILE_SIZE) {
      tile(rows, i * k, columns, j * k, k, sums)
      const height = Math.min(TILE_SIZE, count - i)
      const width = Math.min(TILE_SIZE, n - j)
      for (let r = 0; r < height; r++) {
        for (let c = 0; c < width; c++) out[(i + r) * n + j + c] = sums[r * TILE_SIZE + c]
      }
    }
  }
}

/**
 * Returns `count` vectors of length `k`, one after the other; element l of vector v is
 * `x[(first + v)·vectorStride + l·elementStride]`.
 */
function pack(
  x: FloatArray,
  first: number,
  count: number,
  k: number,
  vectorStride: number,
  elementStride: number,
): Float64Array {
  const padded = Math.ceil(count / TILE_SIZE) * TILE_SIZE
  const vectors = new Float64Array(padded * k)
  for (let v = 0; v < count; v++) {
    for (let l = 0; l < k; l++) vectors[v * k + l] = x[(first + v) * vectorStride + l * elementStride]
  }
  return vectors
}

/** Computes the 16 dot products of four rows with four columns; unrolled by hand, so that the sums stay in registers. */
function tile(
  rows: Float64Array,
  row: number,
  columns: Float64Array,
  column: number,
  k: number,
  sums: Float64Array,
): void {
  const [row1, row2, row3] = [row + k, row + 2 * k, row + 3 * k]
  const [column1, column2, column3] = [column + k, column + 2 * k, column + 3 * k]
  let [s00, s01, s02, s03] = [0, 0, 0, 0]
  let [s10, s11, s12, s13] = [0, 0, 0, 0]
  let [s20, s21, s22, s23] = [0, 0, 0, 0]
  let [s30, s31, s32, s33] = [0, 0, 0, 0]
  for (let l = 0; l < k; l++) {
    const a0 = rows[row + l]
    const a1 = rows[row1 + l]
    const a2 = rows[row2 + l]
    const a3 = rows[row3 + l]
    const b0 = columns[column + l]
    const b1 = columns[column1 + l]
    const b2 = columns[column2 + l]
    const b3 = columns[column3 + l]
    s00 += a0 * b0
    s01 += a0 * b1
    s02 += a0 * b2
    s03 += a0 * b3
    s10 += a1 * b0
    s11 += a1 * b1
    s12 += a1 * b2
    s13 += a1 * b3
    s20 += a2 * b0
    s21 += a2 * b1
    s22 += a2 * b2
    s23 += a2 * b3
    s30 += a3 * b0
    s31 += a3 * b1
    s32 += a3 * b2
    s33 += a3 * b3
  }
  sums.set([s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33])
}
