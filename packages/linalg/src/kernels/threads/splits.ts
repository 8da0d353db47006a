/** How kernel calls are shared out: which argument counts rows, and by how much the others advance from row to row. */

import type { WasmKernels } from '../wasm/signatures.generated.ts'
import type { SplitCall } from '../wasm/split.ts'

/** Elements of a cache line in float32: chunks of elements are multiples of it. */
const LINE_ELEMENTS = 16

/** Minimum size of a row of B for which threads divide the columns of B: each then reads only its part. */
const MIN_ROW_BYTES_TO_SPLIT_COLUMNS = 1024

const unary =
  (nanoseconds: number): SplitCall =>
  (bytes) => ({ count: 2, unit: LINE_ELEMENTS, strides: [bytes, bytes], nanoseconds })

const binary: SplitCall = (bytes, _a, aRow, aColumn, _b, bRow, bColumn, _out, rows, columns) =>
  rows === 1
    ? {
        count: 8,
        unit: LINE_ELEMENTS,
        strides: [aColumn * bytes, 0, 0, bColumn * bytes, 0, 0, bytes],
        nanoseconds: 0.3,
      }
    : { count: 7, unit: 1, strides: [aRow, 0, 0, bRow, 0, 0, columns * bytes], nanoseconds: 0.3 * columns }

const product =
  (unit: number, nanosecondsPerProduct: number): SplitCall =>
  (bytes, _a, _b, _c, _m, k, n) => ({
    count: 3,
    unit,
    strides: [k * bytes, 0, n * bytes],
    nanoseconds: k * n * nanosecondsPerProduct,
  })

/** The kernels that threads share. The others take too little time, or rows depend on each other. */
export const SPLITS: { readonly [Name in keyof WasmKernels]?: SplitCall } = {
  exp: unary(4),
  log: unary(4),
  tanh: unary(6),
  sigmoid: unary(6),
  sqrt: unary(0.5),
  abs: unary(0.3),
  negate: unary(0.3),
  square: unary(0.3),
  relu: unary(0.3),
  add: binary,
  sub: binary,
  mul: binary,
  div: binary,
  maskPositive: binary,
  axpy: (bytes) => ({ count: 3, unit: LINE_ELEMENTS, strides: [0, bytes, bytes], nanoseconds: 0.3 }),
  logSoftmax: (bytes, _x, _out, _rows, columns) => ({
    count: 2,
    unit: 1,
    strides: [columns * bytes, columns * bytes],
    nanoseconds: 8 * columns,
  }),
  im2col: (bytes, _x, _out, _images, C, H, W, OH, OW, height, width) => ({
    count: 2,
    unit: 1,
    strides: [C * H * W * bytes, OH * OW * C * height * width * bytes],
    nanoseconds: 0.5 * OH * OW * C * height * width,
  }),
  // Tiles have 4 rows.
  multiply: product(4, 0.05),
  multiplySparseRows: product(1, 0.025),
  // Columns are compacted by vectors.
  multiplySparseColumns: (bytes, _a, _b, _c, _m, k, n) => ({
    count: 3,
    unit: 16 / bytes,
    strides: [bytes, 0, n * bytes],
    nanoseconds: 0.025 * k * n,
  }),
  multiplyCsr: (bytes, _rowOffsets, _b, _c, m, columns, n) =>
    n * bytes >= MIN_ROW_BYTES_TO_SPLIT_COLUMNS
      ? { count: 4, unit: panelElements(bytes), strides: [0, bytes, bytes], nanoseconds: 5 * m }
      : { count: 3, unit: 1, strides: [4, 0, n * bytes], nanoseconds: 5 * columns },
  csrToLists: (_bytes, _rowOffsets, _ends, _lists, _blocks, blockRows, _lastOffset, columns) => ({
    count: 3,
    unit: 1,
    strides: [4 * blockRows, 4 * columns, 2 * blockRows * columns],
    nanoseconds: 0.2 * blockRows * columns,
  }),
  multiplyLists: (bytes, _ends, _lists, _c, _m, _b, n, blockRows) => ({
    count: 3,
    unit: LINE_ELEMENTS,
    strides: [4, 2 * blockRows, n * bytes],
    nanoseconds: 0.01 * blockRows * n,
  }),
}

/** Number of elements in a wide panel of B, so that each thread takes whole ones: see `assembly/sparse-row.ts`. */
const panelElements = (bytes: number): number => 208 / bytes
