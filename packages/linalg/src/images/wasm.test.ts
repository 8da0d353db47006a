import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend, WindowSizes } from '../kernels/backend.ts'
import { js } from '../kernels/js/index.ts'
import { createWasm } from '../kernels/wasm/index.ts'
import { expectSame, numbers } from '../kernels/wasm/numbers.testing.ts'
import type { FloatArray } from '../tensor/shape.ts'
import type { ConvolutionSizes, ImageKernels } from './kernels.ts'
import { imageKernelsOf } from './of-backend.ts'
import { reference } from './reference.ts'

const wasm = imageKernelsOf(createWasm() as Backend)

/** Number of elements beyond the end of a result, which a kernel must not touch. */
const GUARD = 5

const upTo = (max: number, min = 1) => fc.integer({ min, max })

/** Random sizes of images and of windows that fit on them. */
const windows = fc
  .record({
    N: upTo(19),
    C: upTo(3),
    height: upTo(4),
    width: upTo(4),
    more: fc.tuple(upTo(9, 0), upTo(19, 0)),
    strideY: upTo(3),
    strideX: upTo(3),
    padY: upTo(3, 0),
    padX: upTo(3, 0),
  })
  .map(({ N, C, height, width, more, strideY, strideX, padY, padX }) => {
    const [H, W] = [Math.max(1, height - 2 * padY) + more[0], Math.max(1, width - 2 * padX) + more[1]]
    const OH = Math.floor((H + 2 * padY - height) / strideY) + 1
    const OW = Math.floor((W + 2 * padX - width) / strideX) + 1
    return { N, C, H, W, OH, OW, height, width, strideY, strideX, padY, padX }
  })

const convolutions = fc
  .record({ window: windows, F: upTo(18), isSingle: fc.boolean(), seed: upTo(2 ** 30) })
  .map(({ window, ...rest }) => ({ sizes: { ...window, F: rest.F }, ...rest }))

/** Returns what `compute` writes, with and without WebAssembly, and checks that it writes no more. */
function results(
  lengths: readonly number[],
  isSingle: boolean,
  compute: (kernels: ImageKernels, out: FloatArray[]) => void,
): [fast: FloatArray[], slow: FloatArray[]] {
  const [fast, slow] = [wasm, reference].map((kernels) => {
    const whole = lengths.map((length) => numbers(length + GUARD, isSingle, 1).fill(7))
    compute(
      kernels,
      whole.map((x) => x.subarray(0, x.length - GUARD)),
    )
    return whole
  })
  for (const x of fast) expect([...x.subarray(x.length - GUARD)]).toEqual(Array(GUARD).fill(7))
  return [fast, slow]
}

function expectSameConvolutions(sizes: ConvolutionSizes, isSingle: boolean, seed: number): void {
  const { N, C, F, H, W, OH, OW, height, width } = sizes
  const [x, dout] = [numbers(N * C * H * W, isSingle, seed), numbers(N * F * OH * OW, isSingle, seed + 1)]
  const filters = numbers(F * C * height * width, isSingle, seed + 2)
  const b = numbers(F, isSingle, seed + 3)
  const [y, expectedY] = results([dout.length], isSingle, (kernels, [y]) =>
    kernels.convolve(x, filters, b, y, sizes),
  )
  expectSame(y[0], expectedY[0])
  const [gradients, expected] = results([filters.length, F], isSingle, (kernels, [dW, db]) =>
    kernels.filterGradients(x, dout, dW, db, sizes),
  )
  expectSame(gradients[0], expected[0])
  expectSame(gradients[1], expected[1])
}

describe('the kernels for images in WebAssembly', () => {
  it('have the bits of the reference in a convolution and its gradients, for random sizes', () => {
    fc.assert(
      fc.property(convolutions, ({ sizes, isSingle, seed }) => expectSameConvolutions(sizes, isSingle, seed)),
    )
  })

  it('have them with zeros between the pixels and borders of any width, as the gradient of the input needs', () => {
    fc.assert(
      fc.property(
        convolutions,
        fc.tuple(upTo(3), upTo(3), upTo(3, -2), upTo(3, -2)),
        ({ sizes, isSingle, seed }, [dilationY, dilationX, padY, padX]) => {
          const all = { ...sizes, strideY: 1, strideX: 1, dilationY, dilationX, padY, padX }
          const { N, C, F, H, W, OH, OW, height, width } = all
          const x = numbers(N * C * H * W, isSingle, seed)
          const filters = numbers(F * C * height * width, isSingle, seed + 2)
          const [y, expected] = results([N * F * OH * OW], isSingle, (kernels, [y]) =>
            kernels.convolve(x, filters, undefined, y, all),
          )
          expectSame(y[0], expected[0])
        },
      ),
    )
  })

  it.each([
    ['more channels than are padded at once', { C: 80, H: 40, W: 44, F: 3, height: 3, width: 3 }],
    ['an image that is padded band by band', { C: 1, H: 260, W: 250, F: 1, height: 2, width: 3 }],
    [
      'a window of more pixels than are multiplied at once',
      { C: 50, H: 9, W: 12, F: 5, height: 5, width: 5 },
    ],
    ['more feature maps than panels of dout hold', { C: 1, H: 60, W: 60, F: 70, height: 2, width: 2 }],
    ['a window that is too large for the kernels', { C: 1, H: 40, W: 40, F: 2, height: 34, width: 33 }],
  ])('have the bits of the reference for %s', (_, given) => {
    for (const isSingle of [true, false]) {
      const [OH, OW] = [given.H + 2 - given.height + 1, given.W + 2 - given.width + 1]
      const sizes = { ...given, N: 1, OH, OW, strideY: 1, strideX: 1, padY: 1, padX: 1 }
      expectSameConvolutions(sizes, isSingle, 5)
    }
  })

  it('copies images in parts if they lie elsewhere', () => {
    const sizes = { N: 35, C: 3, H: 120, W: 124, F: 2, height: 3, width: 3, OH: 60, OW: 62 }
    expectSameConvolutions({ ...sizes, strideY: 2, strideX: 2, padY: 1, padX: 1 }, true, 6)
  })

  it('turn filters by 180° and exchange channels and maps', () => {
    const sizes = { N: 0, C: 3, H: 9, W: 9, F: 2, height: 2, width: 3, OH: 1, OW: 1 }
    const W = numbers(36, true, 3)
    const [fast, slow] = results([36], true, (kernels, [out]) =>
      kernels.turnFilters(W, out, { ...sizes, strideY: 1, strideX: 1, padY: 0, padX: 0 }),
    )
    expectSame(fast[0], slow[0])
    expect(fast[0][0]).toBe(W[5])
  })

  it('have the bits of the reference in max pooling, with equal pixels, infinities and NaN', () => {
    const halving = fc
      .tuple(upTo(3), upTo(3), upTo(21, 2), upTo(21, 2))
      .map(([N, C, H, W]) => ({ N, C, H, W, OH: H >> 1, OW: W >> 1, height: 2, width: 2 }))
      .map((sizes) => ({ ...sizes, strideY: 2, strideX: 2, padY: 0, padX: 0 }))
    const pooled: fc.Arbitrary<WindowSizes> = fc.oneof(
      halving,
      windows.map((window) => ({
        ...window,
        padY: Math.min(window.padY, window.height - 1),
        padX: Math.min(window.padX, window.width - 1),
      })),
    )
    fc.assert(
      fc.property(pooled, fc.boolean(), upTo(2 ** 30), (sizes, isSingle, seed) => {
        const { N, C, H, W, height, width, strideY, strideX, padY, padX } = sizes
        const OH = Math.floor((H + 2 * padY - height) / strideY) + 1
        const OW = Math.floor((W + 2 * padX - width) / strideX) + 1
        if (OH < 1 || OW < 1) return
        const all = { ...sizes, OH, OW }
        const x = numbers(N * C * H * W, isSingle, seed, 0.2).map((value) =>
          Math.abs(value) < 1 ? Math.round(2 * value) / 2 : value,
        )
        const length = N * C * OH * OW
        const [forwards, expected] = results([length, length], isSingle, (kernels, [y, winners]) =>
          kernels.maxPool(x, y, winners, all),
        )
        expectSame(forwards[0], expected[0])
        expectSame(forwards[1], expected[1])
        const dout = numbers(length, isSingle, seed + 1)
        const winners = expected[1].subarray(0, length)
        const [backwards, expectedBackwards] = results([x.length], isSingle, (kernels, [dx]) =>
          kernels.maxPoolBackward(dout, winners, dx, all),
        )
        expectSame(backwards[0], expectedBackwards[0])
      }),
    )
  })

  it('are the reference for a backend without memories', () => {
    expect(imageKernelsOf(js)).toBe(reference)
  })
})
