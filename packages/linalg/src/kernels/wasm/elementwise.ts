import type { FloatArray } from '../../tensor/dtype.ts'
import type { Backend, BinaryOperation, OperandStrides, UnaryOperation } from '../backend.ts'
import { js } from '../js/index.ts'
import { placeOf, placeToWrite, reach } from './arena.ts'
import { behind } from './blocks.ts'
import type { Kernels, KernelsFor } from './kernels.ts'

/** The numbers of the operations in `assembly/unary.ts` and `assembly/binary.ts`. */
const UNARY: readonly UnaryOperation[] = [
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
const BINARY: readonly BinaryOperation[] = ['add', 'sub', 'mul', 'div', 'maskPositive']

/** Elements that are copied in, worked on and copied out at once: few enough to stay in the processor's cache. */
const CHUNK = 8192

/** From so many elements on a call into wasm pays; below, plain loops give the same bits sooner. */
const PAYS = 48

const sameBits: ReadonlySet<UnaryOperation> = new Set(['sqrt', 'abs', 'negate', 'square', 'relu'])

export const unaryWith =
  (kernelsFor: KernelsFor): Backend['unary'] =>
  (operation, x, out) => {
    if (out.length < PAYS && sameBits.has(operation)) return js.unary(operation, x, out)
    const code = UNARY.indexOf(operation)
    const kernels = kernelsFor(out)
    const { memory, start, bytes } = kernels
    const [from, to] = [placeOf(kernels, x), placeToWrite(kernels, out)]
    if (from !== undefined && to !== undefined) {
      return kernels.unary(code, from * bytes, to * bytes, out.length)
    }
    for (const [at, count] of chunks(out.length)) {
      memory.set(part(x, at, count), start)
      kernels.unary(code, start * bytes, start * bytes, count)
      out.set(memory.subarray(start, start + count), at)
    }
  }

export const axpyWith =
  (kernelsFor: KernelsFor): Backend['axpy'] =>
  (alpha, x, y) => {
    const kernels = kernelsFor(y)
    const { memory, start, bytes } = kernels
    const [from, to] = [placeOf(kernels, x), placeToWrite(kernels, y)]
    if (from !== undefined && to !== undefined) {
      return kernels.axpy(alpha, from * bytes, to * bytes, y.length)
    }
    const other = behind(start, CHUNK)
    for (const [at, count] of chunks(y.length)) {
      memory.set(part(x, at, count), start)
      memory.set(part(y, at, count), other)
      kernels.axpy(alpha, start * bytes, other * bytes, count)
      y.set(memory.subarray(other, other + count), at)
    }
  }

/**
 * Rows are taken together as many as fit; where neither operand repeats rows or numbers, all is one long row. Operands
 * with other steps, which no broadcast has, and rows that do not fit are left to the plain loops: same bits.
 */
export const binaryWith =
  (kernelsFor: KernelsFor): Backend['binary'] =>
  (operation, a, aStep, b, bStep, out, size) => {
    const { rows, columns } = runsOn(aStep, size) && runsOn(bStep, size) ? oneRow(size) : size
    const fits = columns <= CHUNK || rows === 1
    if (out.length < PAYS || !fits || !isPlain(aStep, size) || !isPlain(bStep, size)) {
      return js.binary(operation, a, aStep, b, bStep, out, size)
    }
    const code = BINARY.indexOf(operation)
    const kernels = kernelsFor(out)
    const { memory, start, bytes } = kernels
    const bPlace = behind(start, CHUNK)
    const compute = (x: number, y: number, to: number, r: number, c: number) =>
      kernels.binary(
        code,
        x * bytes,
        aStep.row * bytes,
        aStep.column,
        y * bytes,
        bStep.row * bytes,
        bStep.column,
        to * bytes,
        r,
        c,
      )
    const to = placeToWrite(kernels, out)
    if (to !== undefined && isNear(kernels, a) && isNear(kernels, b)) {
      return compute(reach(kernels, a, start), reach(kernels, b, bPlace), to, rows, columns)
    }
    const result = behind(bPlace, CHUNK)
    const width = Math.min(columns, CHUNK)
    const height = Math.max(1, Math.floor(CHUNK / columns))
    for (let row = 0; row < rows; row += height) {
      for (let column = 0; column < columns; column += width) {
        const [r, c] = [Math.min(height, rows - row), Math.min(width, columns - column)]
        bring(kernels, start, a, aStep, row, r, column, c)
        bring(kernels, bPlace, b, bStep, row, r, column, c)
        compute(start, bPlace, result, r, c)
        out.set(memory.subarray(result, result + r * c), row * columns + column)
      }
    }
  }

/** Whether an operand lies in the kernels' memory, or is small enough to be copied there as a whole. */
const isNear = (kernels: Kernels, x: FloatArray): boolean =>
  x.length <= CHUNK || placeOf(kernels, x) !== undefined

/** Whether the elements simply follow one another, or are all the same number. */
const runsOn = ({ row, column }: OperandStrides, { columns }: { columns: number }): boolean =>
  row === column * columns

const oneRow = ({ rows, columns }: { rows: number; columns: number }) => ({
  rows: 1,
  columns: rows * columns,
})

/** Rows that follow one another or are repeated, of elements that follow one another or are repeated. */
const isPlain = ({ row, column }: OperandStrides, { columns }: { columns: number }): boolean =>
  (column === 0 || column === 1) && (row === 0 || row === (column === 1 ? columns : 1))

/** Copies in what `r` rows and `c` columns of an operand need. */
function bring(
  { memory }: Kernels,
  place: number,
  x: FloatArray,
  step: OperandStrides,
  row: number,
  r: number,
  column: number,
  c: number,
): void {
  const from = row * step.row + column * step.column
  const count = (r - 1) * step.row + (c - 1) * step.column + 1
  memory.set(part(x, from, count), place)
}

const part = (x: FloatArray, from: number, count: number): FloatArray =>
  count === x.length ? x : x.subarray(from, from + count)

function* chunks(total: number): Generator<readonly [from: number, count: number]> {
  for (let from = 0; from < total; from += CHUNK) yield [from, Math.min(CHUNK, total - from)]
}
