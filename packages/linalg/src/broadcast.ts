import type { Step } from './backend.ts'
import { broadcastShape, type Shape, sameShape, sizeOf } from './shape.ts'

/** A broadcast as a run of matrix operations: equal sizes and steps, each block from its own place. */
export interface BroadcastPlan {
  /** Of the result. */
  readonly shape: Shape
  readonly size: { readonly rows: number; readonly columns: number }
  readonly aStep: Step
  readonly bStep: Step
  /** Where each block's operands begin; the results follow one another. */
  readonly blocks: readonly { readonly a: number; readonly b: number }[]
}

interface Axis {
  length: number
  a: number
  b: number
}

/** The latest plan for a shape, with the other shape that it is for: layers meet the same ones in every step. */
const latest = new WeakMap<Shape, { readonly b: Shape; readonly plan: BroadcastPlan }>()

/** The plan for two operands. Shapes must not be changed. Throws a `RangeError` where they do not broadcast. */
export function planBroadcast(a: Shape, b: Shape, what: string): BroadcastPlan {
  const known = latest.get(a)
  if (known && sameShape(known.b, b)) return known.plan
  const plan = newPlan(a, b, broadcastShape(a, b, what))
  latest.set(a, { b, plan })
  return plan
}

/**
 * Neighbouring axes along which both operands simply run on (or both stand still) are joined; of what is left,
 * the last two axes are the rows and columns of a block. Nearly everything that occurs is a single block.
 */
function newPlan(a: Shape, b: Shape, out: Shape): BroadcastPlan {
  const axes = sameShape(a, out) ? axesAlong(a, b) : joinedAxes(a, b, out)
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
    aStep: { row: row.a, column: column.a },
    bStep: { row: row.b, column: column.b },
    blocks,
  }
}

/** The same as `joinedAxes` where the first operand has the shape of the result; what occurs in every layer is told at once. */
function axesAlong(a: Shape, b: Shape): Axis[] {
  if (sameShape(a, b)) return [{ length: sizeOf(a), a: 1, b: 1 }]
  const [columns, size] = [a[a.length - 1], sizeOf(a)]
  if (b.length === 0) return [{ length: size, a: 1, b: 0 }]
  if (b.length > 1 || b[0] !== columns || columns < 2 || size === columns) return joinedAxes(a, b, a)
  return [
    { length: columns, a: 1, b: 1 },
    { length: size / columns, a: columns, b: 0 },
  ]
}

const single: Axis = { length: 1, a: 0, b: 0 }

/** The axes of the result, innermost first, with the operands' strides along them: 0 where an operand is repeated. */
function joinedAxes(a: Shape, b: Shape, out: Shape): Axis[] {
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
    if (inner && axis.a === inner.a * inner.length && axis.b === inner.b * inner.length)
      inner.length *= length
    else axes.push(axis)
    aStride *= aLength
    bStride *= bLength
  }
  return axes
}
