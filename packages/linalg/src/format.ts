import type { FloatArray } from './dtype.ts'
import { type Shape, sizeOf } from './shape.ts'

const EDGE = 3

/** Nested brackets with up to six significant digits; of a long axis only the ends are shown. */
export function format(data: FloatArray, shape: Shape, axis = 0, offset = 0): string {
  if (axis === shape.length) return String(Number(data[offset].toPrecision(6)))
  const length = shape[axis]
  const step = sizeOf(shape.slice(axis + 1))
  const shown =
    length > 2 * EDGE ? [0, 1, 2, -1, length - 3, length - 2, length - 1] : [...Array(length).keys()]
  const parts = shown.map((i) => (i < 0 ? '…' : format(data, shape, axis + 1, offset + i * step)))
  const isRow = axis === shape.length - 1
  return `[${parts.join(isRow ? ', ' : `,\n${' '.repeat(axis + 1)}`)}]`
}
