import { type Shape, sameShape, showShape, type Tensor } from '@gosa/linalg'

/** Throws a `RangeError` unless `dout` has the shape of the output, as the chain rule demands. */
export function checkDout(dout: Tensor, output: Shape, layer: string): void {
  if (sameShape(dout.shape, output)) return
  throw new RangeError(
    `${layer}: dout has shape ${showShape(dout.shape)}, but the output had ${showShape(output)}, and dout must match it`,
  )
}
