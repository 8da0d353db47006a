/** Elementwise kernels of the wasm backend: `unary`, `binary`, `axpy`; in place in an arena, otherwise chunk by chunk. */
import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend, BinaryOperation, OperandStrides, UnaryOperation } from '../backend.ts'
import { js } from '../js/index.ts'
import { ensureInWasm, offsetInWasm, writableOffset } from './arena.ts'
import { alignedEnd } from './blocks.ts'
import type { Kernels, KernelsFor } from './kernels.ts'

/** The operations in the order of their codes in `assembly/unary.ts`. */
const UNARY_OPERATIONS: readonly UnaryOperation[] = [
  'exp',
  'log',
  'sqrt',
  'abs',
  'negate',
  'square',
  'tanh',
  'sigmoid',
  'relu',
]

/** The operations in the order of their codes in `assembly/binary.ts`. */
const BINARY_OPERATIONS: readonly BinaryOperation[] = ['add', 'sub', 'mul', 'div', 'maskPositive']

/** Number of elements copied in, computed and copied out at once: they stay in the processor's cache. */
const CHUNK_ELEMENTS = 8192

/** Minimum number of elements for which a call into wasm pays; below, the reference gives the same bits sooner. */
const MIN_WASM_ELEMENTS = 48

/** The operations that every engine rounds alike, so that the reference has the same bits. */
const EXACT_OPERATIONS: ReadonlySet<UnaryOperation> = new Set(['sqrt', 'abs', 'negate', 'square', 'relu'])

/** `out[i] = operation(x[i])`. */
export const createUnary =
  (kernelsFor: KernelsFor): Backend['unary'] =>
  (operation, x, out) => {
    if (out.length < MIN_WASM_ELEMENTS && EXACT_OPERATIONS.has(operation)) {
      return js.unary(operation, x, out)
    }
    const code = UNARY_OPERATIONS.indexOf(operation)
    const kernels = kernelsFor(out)
    const { memory, scratchStart, elementBytes } = kernels
    const [from, to] = [offsetInWasm(kernels, x), writableOffset(kernels, out)]
    if (from !== undefined && to !== undefined) {
      return kernels.unary(code, from * elementBytes, to * elementBytes, out.length)
    }
    const address = scratchStart * elementBytes
    for (const [start, count] of chunks(out.length)) {
      memory.set(partOf(x, start, count), scratchStart)
      kernels.unary(code, address, address, count)
      out.set(memory.subarray(scratchStart, scratchStart + count), start)
    }
  }

/** `y[i] += alpha·x[i]`. */
export const createAxpy =
  (kernelsFor: KernelsFor): Backend['axpy'] =>
  (alpha, x, y) => {
    const kernels = kernelsFor(y)
    const { memory, scratchStart, elementBytes } = kernels
    const [from, to] = [offsetInWasm(kernels, x), writableOffset(kernels, y)]
    if (from !== undefined && to !== undefined) {
      return kernels.axpy(alpha, from * elementBytes, to * elementBytes, y.length)
    }
    const yScratch = alignedEnd(scratchStart, CHUNK_ELEMENTS)
    for (const [start, count] of chunks(y.length)) {
      memory.set(partOf(x, start, count), scratchStart)
      memory.set(partOf(y, start, count), yScratch)
      kernels.axpy(alpha, scratchStart * elementBytes, yScratch * elementBytes, count)
      y.set(memory.subarray(yScratch, yScratch + count), start)
    }
  }

/**
 * Takes as many rows per call as fit; if both operands are contiguous or constant, all elements form one long row. Other
 * strides, which no broadcast has, and rows that do not fit are left to the reference, which has the same bits.
 */
export const createBinary =
  (kernelsFor: KernelsFor): Backend['binary'] =>
  (operation, a, aStrides, b, bStrides, out, size) => {
    const isOneRow = isContiguousOrConstant(aStrides, size) && isContiguousOrConstant(bStrides, size)
    const { rows, columns } = isOneRow ? { rows: 1, columns: size.rows * size.columns } : size
    const fits = columns <= CHUNK_ELEMENTS || rows === 1
    if (
      out.length < MIN_WASM_ELEMENTS ||
      !fits ||
      !isBroadcast(aStrides, size) ||
      !isBroadcast(bStrides, size)
    ) {
      return js.binary(operation, a, aStrides, b, bStrides, out, size)
    }
    const code = BINARY_OPERATIONS.indexOf(operation)
    const kernels = kernelsFor(out)
    const { memory, scratchStart, elementBytes } = kernels
    const bScratch = alignedEnd(scratchStart, CHUNK_ELEMENTS)
    const compute = (x: number, y: number, to: number, r: number, c: number) =>
      kernels.binary(
        code,
        x * elementBytes,
        aStrides.row * elementBytes,
        aStrides.column,
        y * elementBytes,
        bStrides.row * elementBytes,
        bStrides.column,
        to * elementBytes,
        r,
        c,
      )
    const to = writableOffset(kernels, out)
    if (to !== undefined && isReachable(kernels, a) && isReachable(kernels, b)) {
      const [x, y] = [ensureInWasm(kernels, a, scratchStart), ensureInWasm(kernels, b, bScratch)]
      return compute(x, y, to, rows, columns)
    }
    const result = alignedEnd(bScratch, CHUNK_ELEMENTS)
    const width = Math.min(columns, CHUNK_ELEMENTS)
    const height = Math.max(1, Math.floor(CHUNK_ELEMENTS / columns))
    for (let row = 0; row < rows; row += height) {
      for (let column = 0; column < columns; column += width) {
        const [r, c] = [Math.min(height, rows - row), Math.min(width, columns - column)]
        copyOperandIn(kernels, scratchStart, a, aStrides, row, r, column, c)
        copyOperandIn(kernels, bScratch, b, bStrides, row, r, column, c)
        compute(scratchStart, bScratch, result, r, c)
        out.set(memory.subarray(result, result + r * c), row * columns + column)
      }
    }
  }

/** Whether an operand lies in the kernels' memory, or fits into scratch memory as a whole. */
const isReachable = (kernels: Kernels, x: FloatArray): boolean =>
  x.length <= CHUNK_ELEMENTS || offsetInWasm(kernels, x) !== undefined

/** Whether the elements are contiguous across rows, or all the same number. */
const isContiguousOrConstant = ({ row, column }: OperandStrides, { columns }: { columns: number }): boolean =>
  row === column * columns

/** Whether rows are contiguous or repeated, and so are their elements: what the kernel can read. */
const isBroadcast = ({ row, column }: OperandStrides, { columns }: { columns: number }): boolean =>
  (column === 0 || column === 1) && (row === 0 || row === (column === 1 ? columns : 1))

/** Copies the elements of an operand that `r` rows and `c` columns of the result need to an offset in memory. */
function copyOperandIn(
  { memory }: Kernels,
  offset: number,
  x: FloatArray,
  strides: OperandStrides,
  row: number,
  r: number,
  column: number,
  c: number,
): void {
  const from = row * strides.row + column * strides.column
  const count = (r - 1) * strides.row + (c - 1) * strides.column + 1
  memory.set(partOf(x, from, count), offset)
}

const partOf = (x: FloatArray, start: number, count: number): FloatArray =>
  count === x.length ? x : x.subarray(start, start + count)

function* chunks(total: number): Generator<readonly [start: number, count: number]> {
  for (let start = 0; start < total; start += CHUNK_ELEMENTS) {
    yield [start, Math.min(CHUNK_ELEMENTS, total - start)]
  }
}
