import { type DType, Tensor } from '@gosa/linalg'

/** Points in the plane and the class of each: points (N, 2), labels (N). */
export interface PointSet {
  readonly points: Tensor
  readonly labels: Uint8Array
}

/** One point of a set and its class. */
export type LabelledPoint = readonly [x: number, y: number, label: number]

/** A set from its points, in the order given. */
export function pointSet(points: readonly LabelledPoint[], dtype: DType): PointSet {
  const data = dtype === 'float32' ? new Float32Array(2 * points.length) : new Float64Array(2 * points.length)
  points.forEach(([x, y], i) => {
    data.set([x, y], 2 * i)
  })
  return {
    points: new Tensor(data, [points.length, 2]),
    labels: Uint8Array.from(points, ([, , label]) => label),
  }
}
