import type { Step } from './backend.ts'
import { type Shape, stridesOf } from './shape.ts'

/** A broadcast as a run of matrix operations: equal sizes and steps, each block from its own place. */
export interface BroadcastPlan {
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

/**
 * Neighbouring axes along which both operands simply run on (or both stand still) are joined; of what is left,
 * the last two axes are the rows and columns of a block. Nearly everything that occurs is a single block.
 */
export function planBroadcast(a: Shape, b: Shape, out: Shape): BroadcastPlan {
  const axes = joined(axesOf(a, b, out))
  const column = axes.pop() ?? { length: 1, a: 0, b: 0 }
  const row = axes.pop() ?? { length: 1, a: 0, b: 0 }
  let blocks = [{ a: 0, b: 0 }]
  for (const axis of axes) {
    blocks = blocks.flatMap((start) =>
      Array.from({ length: axis.length }, (_, i) => ({ a: start.a + i * axis.a, b: start.b + i * axis.b })),
    )
  }
  return {
    size: { rows: row.length, columns: column.length },
    aStep: { row: row.a, column: column.a },
    bStep: { row: row.b, column: column.b },
    blocks,
  }
}

/** Every axis of the result with the operands' strides along it, 0 where an operand is repeated. */
function axesOf(a: Shape, b: Shape, out: Shape): Axis[] {
  const strideIn = (shape: Shape) => {
    const strides = stridesOf(shape)
    return (axis: number): number => {
      const own = axis - out.length + shape.length
      return own < 0 || shape[own] === 1 ? 0 : strides[own]
    }
  }
  const [aStride, bStride] = [strideIn(a), strideIn(b)]
  return out.map((length, axis) => ({ length, a: aStride(axis), b: bStride(axis) }))
}

function joined(axes: Axis[]): Axis[] {
  const result: Axis[] = []
  for (const axis of axes) {
    const last = result.at(-1)
    if (axis.length === 1) continue
    if (last && last.a === axis.a * axis.length && last.b === axis.b * axis.length) {
      result[result.length - 1] = { length: last.length * axis.length, a: axis.a, b: axis.b }
    } else {
      result.push(axis)
    }
  }
  return result
}
