/** Arithmetic on two operands, element by element, with NumPy's broadcasting. */
import { checkOptions } from '../check-options.ts'
import type { BinaryOperation, OperandStrides } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import type { DType, FloatArray } from '../tensor/shape.ts'
import { allocate, broadcastShape, type Shape, sameShape, sizeOf } from '../tensor/shape.ts'
import { checkTensor, Tensor } from '../tensor/tensor.ts'
import { checkSameOrNoOverlap, commonDtype, OUT, type OutOption, resultIn } from './operand.ts'

/**
 * `a + b`, with NumPy's broadcasting. `out` may be an operand of the result's shape. Throws a `RangeError` if the shapes
 * do not broadcast, a `TypeError` for mixed dtypes; so do all operations of this file.
 */
export const add = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('add', a, b, options)

/** `a − b`, with NumPy's broadcasting. */
export const sub = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('sub', a, b, options)

/** `a ⊙ b`, with NumPy's broadcasting. */
export const mul = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('mul', a, b, options)

/** `a / b`, with NumPy's broadcasting. */
export const div = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('div', a, b, options)

/** `factor·x`. */
export const scale = (x: Tensor, factor: number, options?: OutOption): Tensor =>
  binary('mul', x, factor, options, 'scale')

/**
 * `x` where `by` is positive, else 0, with NumPy's broadcasting: the gradient of `relu`. If an element of `by` is NaN,
 * `x` is kept.
 */
export const maskPositive = (x: Tensor, by: Tensor, options?: OutOption): Tensor =>
  binary('maskPositive', x, by, options)

function binary(
  operation: BinaryOperation,
  a: Tensor | number,
  b: Tensor | number,
  options: OutOption | undefined,
  caller: string = operation,
): Tensor {
  const { out } = checkOptions(caller, options, OUT)
  const [x, y] = asTensors(caller, a, b)
  const { shape, size, aStrides, bStrides, blocks } = planBroadcast(x.shape, y.shape, caller)
  const result = resultIn(out, shape, commonDtype(caller, x, y), caller)
  checkSameOrNoOverlap(caller, result, x, out)
  checkSameOrNoOverlap(caller, result, y, out)
  const blockSize = size.rows * size.columns
  blocks.forEach(({ a: aStart, b: bStart }, i) => {
    const block = blocks.length === 1 ? result.data : result.data.subarray(i * blockSize, (i + 1) * blockSize)
    backend().binary(operation, from(x.data, aStart), aStrides, from(y.data, bStart), bStrides, block, size)
  })
  return result
}

const from = (x: FloatArray, start: number): FloatArray => (start === 0 ? x : x.subarray(start))

/** Returns operands as tensors: a number becomes a scalar of the other's dtype. Throws a `TypeError` for anything else. */
export function asTensors(operation: string, a: Tensor | number, b: Tensor | number): [Tensor, Tensor] {
  const dtype = a instanceof Tensor ? a.dtype : b instanceof Tensor ? b.dtype : 'float64'
  return [asTensor(operation, 'a', a, dtype), asTensor(operation, 'b', b, dtype)]
}

function asTensor(operation: string, name: string, x: Tensor | number, dtype: DType): Tensor {
  if (typeof x === 'number') return new Tensor(allocate(1, dtype).fill(x), [])
  checkTensor(operation, name, x, 'a tensor or a number')
  return x
}

/** A broadcast as a sequence of matrix operations, with equal sizes and strides in all of them. */
export interface BroadcastPlan {
  /** Shape of the result. */
  readonly shape: Shape
  /** Size of one matrix. */
  readonly size: { readonly rows: number; readonly columns: number }
  readonly aStrides: OperandStrides
  readonly bStrides: OperandStrides
  /** Offset of each matrix in the operands; in the result they follow one another. */
  readonly blocks: readonly { readonly a: number; readonly b: number }[]
}

/** An axis of the result: its length, and the operands' strides along it (0 repeats the operand). */
interface Axis {
  length: number
  a: number
  b: number
}

/** The latest plan for each first shape: layers meet the same second shape in every step. */
const latest = new WeakMap<Shape, { readonly b: Shape; readonly plan: BroadcastPlan }>()

/**
 * Returns the plan for operands of two shapes, which must not be changed afterwards. Throws a `RangeError` if they do
 * not broadcast.
 */
export function planBroadcast(a: Shape, b: Shape, operation: string): BroadcastPlan {
  const cached = latest.get(a)
  if (cached && sameShape(cached.b, b)) return cached.plan
  const plan = createPlan(a, b, broadcastShape(a, b, operation))
  latest.set(a, { b, plan })
  return plan
}

/** Takes the two innermost merged axes as columns and rows; every index of the others is a block. Nearly always there is one. */
function createPlan(a: Shape, b: Shape, out: Shape): BroadcastPlan {
  const axes = sameShape(a, out) ? axesForFullFirst(a, b) : mergedAxes(a, b, out)
  const column = axes[0] ?? single
  const row = axes[1] ?? single
  let blocks = [{ a: 0, b: 0 }]
  for (const axis of axes.slice(2).reverse()) {
    blocks = blocks.flatMap((start) =>
      Array.from({ length: axis.length }, (_, i) => ({ a: start.a + i * axis.a, b: start.b + i * axis.b })),
    )
  }
  return {
    shape: out,
    size: { rows: row.length, columns: column.length },
    aStrides: { row: row.a, column: column.a },
    bStrides: { row: row.b, column: column.b },
    blocks,
  }
}

/** Returns what `mergedAxes` does if the first operand has the shape of the result, with shortcuts for what layers do. */
function axesForFullFirst(a: Shape, b: Shape): Axis[] {
  if (sameShape(a, b)) return [{ length: sizeOf(a), a: 1, b: 1 }]
  const [columns, size] = [a[a.length - 1], sizeOf(a)]
  if (b.length === 0) return [{ length: size, a: 1, b: 0 }]
  if (b.length > 1 || b[0] !== columns || columns < 2 || size === columns) return mergedAxes(a, b, a)
  return [
    { length: columns, a: 1, b: 1 },
    { length: size / columns, a: columns, b: 0 },
  ]
}

const single: Axis = { length: 1, a: 0, b: 0 }

/**
 * Returns the axes of the result, innermost first. Neighbouring axes are merged if both operands are contiguous across
 * them, or both are repeated.
 */
function mergedAxes(a: Shape, b: Shape, out: Shape): Axis[] {
  const axes: Axis[] = []
  let aStride = 1
  let bStride = 1
  for (let back = 1; back <= out.length; back++) {
    const length = out[out.length - back]
    const aLength = back <= a.length ? a[a.length - back] : 1
    const bLength = back <= b.length ? b[b.length - back] : 1
    if (length === 1) continue
    const axis = { length, a: aLength === 1 ? 0 : aStride, b: bLength === 1 ? 0 : bStride }
    const inner = axes[axes.length - 1]
    if (inner && axis.a === inner.a * inner.length && axis.b === inner.b * inner.length) {
      inner.length *= length
    } else {
      axes.push(axis)
    }
    aStride *= aLength
    bStride *= bLength
  }
  return axes
}
