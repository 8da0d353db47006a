import { allocate, type DType } from './dtype.ts'
import type { Rng } from './rng.ts'
import { checkShape, type Shape, sizeOf } from './shape.ts'
import { Tensor } from './tensor.ts'

/** Normally distributed elements, drawn in row-major order: `mean + std·rng.normal()`. */
export function randomNormal(
  shape: Shape,
  { mean = 0, std = 1, rng, dtype }: { mean?: number; std?: number; rng: Rng; dtype?: DType },
): Tensor {
  return draw(shape, 'randomNormal', rng, dtype, () => mean + std * rng.normal())
}

/** Evenly distributed elements from `low` up to, not including, `high`, drawn in row-major order. */
export function randomUniform(
  shape: Shape,
  { low = 0, high = 1, rng, dtype }: { low?: number; high?: number; rng: Rng; dtype?: DType },
): Tensor {
  return draw(shape, 'randomUniform', rng, dtype, () => low + (high - low) * rng.uniform())
}

function draw(shape: Shape, name: string, rng: Rng, dtype: DType = 'float64', next: () => number): Tensor {
  checkShape(shape, name)
  if (!rng) throw new TypeError(`${name}: pass a generator: { rng: createRng(seed) }`)
  const data = allocate(sizeOf(shape), dtype)
  for (let i = 0; i < data.length; i++) data[i] = next()
  return new Tensor(data, shape)
}
