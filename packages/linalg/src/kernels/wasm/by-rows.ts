/** `unary`, `binary`, `axpy`, `reduce`, `logSoftmax` and `im2col` of the wasm backend: all go through their operands row by row. */
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend, OperandStrides, UnaryOperation } from '../backend.ts'
import { js } from '../js/index.ts'
import type { MemoryFor, WasmMemory } from './memory.ts'

/** Maximum size of the rows that are copied in, computed and copied out at once: they stay in the processor's cache. */
const PART_BYTES = 2 ** 17

/** Maximum size of one row of all operands together, which scratch memory holds. */
const MAX_ROW_BYTES = 2 ** 23

/** Minimum number of elements for which a call into wasm pays; below, the reference gives the same bits sooner. */
const MIN_WASM_ELEMENTS = 48

/** Minimum length of the inner axis for which vectors along it pay. */
const MIN_INNER_LENGTH = 4

/** The operations that every engine rounds alike, so that the reference has the same bits. */
const EXACT_OPERATIONS: ReadonlySet<UnaryOperation> = new Set(['sqrt', 'abs', 'negate', 'square', 'relu'])

type ByRows = Pick<Backend, 'unary' | 'binary' | 'reduce' | 'logSoftmax' | 'axpy' | 'im2col'>

/** Returns these kernels on the memories of a module. What wasm does not do faster, the reference does. */
export const createByRows = (memoryFor: MemoryFor): ByRows => ({
  unary(operation, x, out) {
    if (out.length < MIN_WASM_ELEMENTS && EXACT_OPERATIONS.has(operation)) {
      return js.unary(operation, x, out)
    }
    const memory = memoryFor(out)
    const kernels = memory.kernels(out)
    byRows(memory, out.length, x, 1, x, 0, out, 1, (from, _, to, count) =>
      kernels[operation](from, to, count),
    )
  },

  binary(operation, a, aStrides, b, bStrides, out, size) {
    if (out.length < MIN_WASM_ELEMENTS || !isBroadcast(aStrides, size) || !isBroadcast(bStrides, size)) {
      return js.binary(operation, a, aStrides, b, bStrides, out, size)
    }
    const memory = memoryFor(out)
    const kernels = memory.kernels(out)
    const bytes = out.BYTES_PER_ELEMENT
    if (isContiguousOrConstant(aStrides, size) && isContiguousOrConstant(bStrides, size)) {
      // All elements form one long row, of which any part is a row.
      const [aColumn, bColumn] = [aStrides.column, bStrides.column]
      byRows(memory, out.length, a, aColumn, b, bColumn, out, 1, (x, y, to, count) =>
        kernels[operation](x, 0, aColumn, y, 0, bColumn, to, 1, count),
      )
      return
    }
    const { rows, columns } = size
    const isDone = byRows(memory, rows, a, aStrides.row, b, bStrides.row, out, columns, (x, y, to, count) =>
      kernels[operation](
        x,
        aStrides.row * bytes,
        aStrides.column,
        y,
        bStrides.row * bytes,
        bStrides.column,
        to,
        count,
        columns,
      ),
    )
    if (!isDone) js.binary(operation, a, aStrides, b, bStrides, out, size)
  },

  reduce(reduction, x, out, { outer, length, inner }) {
    const memory = memoryFor(x)
    const kernels = memory.kernels(x)
    // Vectors run along the inner axis; the reference also adds in float64 and in the order of l, so the bits are the same.
    const isDone =
      inner >= MIN_INNER_LENGTH &&
      x.length >= MIN_WASM_ELEMENTS &&
      byRows(memory, outer, x, length * inner, x, 0, out, inner, (from, _, to, count) =>
        kernels[reduction](from, to, count, length, inner),
      )
    if (!isDone) js.reduce(reduction, x, out, { outer, length, inner })
  },

  logSoftmax(x, out, { rows, columns }) {
    const memory = memoryFor(x)
    const kernels = memory.kernels(x)
    const isDone = byRows(memory, rows, x, columns, x, 0, out, columns, (from, _, to, count) =>
      kernels.logSoftmax(from, to, count, columns),
    )
    if (!isDone) js.logSoftmax(x, out, { rows, columns })
  },

  axpy(alpha, x, y) {
    const memory = memoryFor(y)
    const kernels = memory.kernels(y)
    byRows(memory, y.length, x, 1, y, 1, y, 1, (from, to, _, count) => kernels.axpy(alpha, from, to, count))
  },

  im2col(x, out, sizes) {
    const { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
    const memory = memoryFor(out)
    const kernels = memory.kernels(out)
    const isDone = byRows(memory, N, x, C * H * W, x, 0, out, out.length / N, (from, _, to, images) =>
      kernels.im2col(from, to, images, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX),
    )
    if (!isDone) js.im2col(x, out, sizes)
  },
})

/**
 * Calls `compute` with the addresses of operands and result, for all rows at once if they lie in the memory, else for as
 * many as fit into scratch memory. A row takes `aRow` elements of a, and so on; 0 if all rows share an operand. If `out` is
 * b, their addresses are equal. Returns false, without an effect, if one row does not fit.
 */
function byRows(
  memory: WasmMemory,
  rows: number,
  a: FloatArray,
  aRow: number,
  b: FloatArray,
  bRow: number,
  out: FloatArray,
  outRow: number,
  compute: (a: number, b: number, out: number, rows: number) => void,
): boolean {
  const [aThere, outThere] = [memory.addressOf(a), memory.addressOf(out)]
  const bThere = b === a ? aThere : b === out ? outThere : memory.addressOf(b)
  if (aThere && bThere && outThere) {
    compute(aThere, bThere, outThere, rows)
    return true
  }
  const copied = (aThere ? 0 : aRow) + (bThere || b === a ? 0 : bRow) + (outThere || out === b ? 0 : outRow)
  const rowBytes = copied * out.BYTES_PER_ELEMENT
  const shared = (aRow === 0 ? a.byteLength : 0) + (bRow === 0 && b !== a ? b.byteLength : 0)
  if (rowBytes + shared > MAX_ROW_BYTES) return false
  const maxRows = rowBytes === 0 ? rows : Math.max(1, Math.floor(PART_BYTES / rowBytes))
  for (let first = 0; first < rows; first += maxRows) {
    const end = Math.min(rows, first + maxRows)
    const part = partOf(out, first, end, outRow)
    memory.reset()
    const from = memory.load(partOf(a, first, end, aRow))
    const second = b === a && (bRow === aRow || bRow === 0) ? from : memory.load(partOf(b, first, end, bRow))
    const to = out === b ? second : memory.target(part)
    compute(from, second, to, end - first)
    memory.store(to, part)
  }
  return true
}

/** Returns the elements of the rows from `first` to `end`, as a view unless they are all. */
const partOf = (x: FloatArray, first: number, end: number, row: number): FloatArray =>
  row === 0 || (first === 0 && end * row === x.length) ? x : x.subarray(first * row, end * row)

/** Whether the elements are contiguous across rows, or all the same number. */
const isContiguousOrConstant = (
  { row, column }: OperandStrides,
  { rows, columns }: { rows: number; columns: number },
): boolean => (rows === 1 ? column <= 1 : row === column * columns)

/** Whether rows are contiguous or repeated, and so are their elements: what the kernel can read. */
const isBroadcast = ({ row, column }: OperandStrides, { columns }: { columns: number }): boolean =>
  (column === 0 || column === 1) && (row === 0 || row === (column === 1 ? columns : 1))
