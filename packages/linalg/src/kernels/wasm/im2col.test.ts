import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FloatArray } from '../../tensor/shape.ts'
import type { Backend, WindowSizes } from '../backend.ts'
import { js } from '../js/index.ts'
import { createWasm } from './index.ts'
import { expectSame, like, numbers } from './numbers.testing.ts'

const wasm = createWasm() as Backend

/** Returns the sizes for windows that fit. */
function sizesOf(
  N: number,
  C: number,
  [H, W]: number[],
  window: number[],
  step: number[],
  pad: number[],
): WindowSizes {
  const [height, width] = [Math.min(window[0], H + 2 * pad[0]), Math.min(window[1], W + 2 * pad[1])]
  const OH = Math.floor((H + 2 * pad[0] - height) / step[0]) + 1
  const OW = Math.floor((W + 2 * pad[1] - width) / step[1]) + 1
  const [strideY, strideX, padY, padX] = [...step, ...pad]
  return { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX }
}

function run(backend: Backend, x: FloatArray, sizes: WindowSizes): FloatArray {
  const { N, C, OH, OW, height, width } = sizes
  const out = like(x, N * OH * OW * C * height * width + 5).fill(7)
  backend.im2col(x, out.subarray(0, out.length - 5), sizes)
  expect([...out.subarray(out.length - 5)]).toEqual([7, 7, 7, 7, 7])
  return out
}

describe('im2col of the wasm backend', () => {
  it('has the bits of the reference for random sizes, steps and borders, wider than the image too', () => {
    const two = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        two(1, 9),
        two(1, 6),
        two(1, 4),
        two(0, 7),
        fc.boolean(),
        (N, C, image, window, step, pad, single) => {
          const sizes = sizesOf(N, C, image, window, step, pad)
          const x = numbers(N * C * image[0] * image[1], single, 3)
          expectSame(run(wasm, x, sizes), run(js, x, sizes))
        },
      ),
    )
  })

  it('copies images in parts if they are large', () => {
    const sizes = sizesOf(20, 3, [30, 31], [5, 5], [1, 1], [2, 2])
    const x = numbers(20 * 3 * 30 * 31, false, 4)
    expectSame(run(wasm, x, sizes), run(js, x, sizes))
  })
})
