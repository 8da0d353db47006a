import { checkLayer } from '@gosa/gradcheck'
import { backend, createRng, randomNormal, type Shape, type Tensor, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  AveragePooling,
  Convolution,
  type ConvolutionOptions,
  GlobalAveragePooling,
  type Layer,
  MaxPooling,
  Relu,
  Sequential,
} from '../index.ts'

const rng = createRng(3)
const normal = (...shape: number[]): Tensor => randomNormal(shape, { std: 0.5, rng })

const convolution = (W: Shape, options?: ConvolutionOptions, Kind = Convolution): Convolution =>
  new Kind(normal(...W), normal(W[0]), options)

/** Kernel, stride, pad and image of unequal sides, several images, channels and filters. */
const CONVOLUTIONS: [string, Shape, ConvolutionOptions, Shape][] = [
  ['3×2, images 4×5', [3, 2, 3, 2], {}, [2, 2, 4, 5]],
  ['one channel, one filter, one image', [1, 1, 2, 3], {}, [1, 1, 4, 4]],
  ['stride 2: the last pixels are left out', [2, 2, 2, 3], { stride: 2 }, [2, 2, 5, 6]],
  ['stride 3, larger than the kernel', [2, 1, 2, 2], { stride: 3 }, [2, 1, 6, 7]],
  ['pad 1', [2, 2, 3, 3], { pad: 1 }, [2, 2, 3, 4]],
  ['stride (2, 1), pad (0, 2)', [2, 2, 2, 3], { stride: [2, 1], pad: [0, 2] }, [3, 2, 4, 3]],
  ['1×1', [3, 2, 1, 1], {}, [2, 2, 2, 3]],
  ['as large as the image', [2, 2, 3, 4], {}, [3, 2, 3, 4]],
]

describe('The gradient check passes for', () => {
  it.each(CONVOLUTIONS)('Convolution %s', (_, W, options, x) => {
    const report = checkLayer(() => convolution(W, options), normal(...x), { independent: true })
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual(['x', 'W', 'b'])
  })

  it.each<[string, () => Layer, Shape]>([
    ['MaxPooling 2×2', () => new MaxPooling({ size: 2 }), [2, 2, 4, 6]],
    ['MaxPooling 2×2, sizes not divisible', () => new MaxPooling({ size: 2 }), [2, 2, 5, 3]],
    ['MaxPooling 3×2, overlapping', () => new MaxPooling({ size: [3, 2], stride: 1 }), [2, 2, 4, 4]],
    ['MaxPooling 3×3, stride 2, pad 1', () => new MaxPooling({ size: 3, stride: 2, pad: 1 }), [2, 2, 5, 4]],
    ['AveragePooling 2×3', () => new AveragePooling({ size: [2, 3] }), [2, 2, 4, 7]],
    ['AveragePooling 3×3, overlapping', () => new AveragePooling({ size: 3, stride: 1 }), [2, 2, 4, 5]],
    [
      'AveragePooling 3×3, stride 2, pad 1',
      () => new AveragePooling({ size: 3, stride: 2, pad: 1 }),
      [2, 1, 5, 4],
    ],
    ['GlobalAveragePooling', () => new GlobalAveragePooling(), [2, 3, 2, 4]],
    [
      'convolution, ReLU and pooling in a row',
      () => new Sequential([convolution([3, 2, 2, 2]), new Relu(), new MaxPooling({ size: 2 })]),
      [2, 2, 5, 6],
    ],
  ])('%s', (_, make, x) => {
    const report = checkLayer(make, normal(...x), { independent: true })
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('MaxPooling of equal pixels: a kink, where the first one takes the whole gradient', () => {
    const x = tensor([
      [
        [
          [1, 1],
          [0.5, -1],
        ],
      ],
    ])
    const report = checkLayer(() => new MaxPooling({ size: 2 }), x)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries[0].kinks).toBeGreaterThan(0)
  })
})

describe('The gradient check fails for', () => {
  /** Expects that the check fails, and fails for the named variable. */
  function expectFault(make: () => Layer, variable: string, x: Tensor): void {
    const report = checkLayer(make, x, { independent: true })
    expect(report.verdict, report.toString()).toBe('fail')
    expect(report.entries.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)).toContain(
      variable,
    )
  }

  it('a convolution that forgets the last image of the batch in dW', () => {
    class Forgetful extends Convolution {
      override get dW(): Tensor {
        return this.#dW ?? super.dW
      }
      #dW?: Tensor
      override backward(dout: Tensor): Tensor {
        const dx = super.backward(dout) as Tensor
        const kept = dout.clone()
        kept.row(dout.shape[0] - 1).data.fill(0)
        super.backward(kept)
        this.#dW = super.dW
        super.backward(dout)
        return dx
      }
    }
    expectFault(() => convolution([2, 2, 2, 2], {}, Forgetful), 'W', normal(2, 2, 3, 4))
  })

  it('a convolution whose dx sets a pixel where it must add, wrong where windows overlap', () => {
    class Setting extends Convolution {
      override backward(dout: Tensor): Tensor {
        const { shape } = super.backward(dout) as Tensor
        const [, C, FH, FW] = this.W.shape
        const [N, F, OH, OW] = dout.shape
        const dx = zeros(shape)
        for (let n = 0; n < N; n++)
          for (let oy = 0; oy < OH; oy++)
            for (let ox = 0; ox < OW; ox++)
              for (let c = 0; c < C; c++)
                for (let fy = 0; fy < FH; fy++)
                  for (let fx = 0; fx < FW; fx++) {
                    let sum = 0
                    for (let f = 0; f < F; f++) sum += dout.at(n, f, oy, ox) * this.W.at(f, c, fy, fx)
                    dx.data[((n * C + c) * shape[2] + oy + fy) * shape[3] + ox + fx] = sum
                  }
        return dx
      }
    }
    expectFault(() => convolution([2, 2, 2, 2], {}, Setting), 'x', normal(2, 2, 3, 4))
    const kernelAsLargeAsImage = checkLayer(() => convolution([2, 2, 3, 4], {}, Setting), normal(2, 2, 3, 4))
    expect(kernelAsLargeAsImage.verdict, 'without overlap it is right').toBe('pass')
  })

  it('a max pooling whose dx sets a pixel where it must add, wrong where windows overlap', () => {
    class Setting extends MaxPooling {
      #x = zeros([0])
      override forward(x: Tensor): Tensor {
        this.#x = x
        return super.forward(x)
      }
      override backward(dout: Tensor): Tensor {
        const dx = super.backward(dout)
        const y = super.forward(this.#x)
        for (let i = 0; i < dx.size; i++) {
          const at = y.data.lastIndexOf(this.#x.data[i])
          if (at >= 0) dx.data[i] = dout.data[at]
        }
        return dx
      }
    }
    expectFault(() => new Setting({ size: 2, stride: 1 }), 'x', normal(2, 2, 4, 4))
    expect(checkLayer(() => new Setting({ size: 2 }), normal(2, 2, 4, 4)).verdict).toBe('pass')
  })

  it('a convolution whose filters are flipped in backward alone', () => {
    class Flipped extends Convolution {
      override backward(dout: Tensor): Tensor {
        const dx = super.backward(dout) as Tensor
        const turned = new Convolution(tensor(this.W.data.slice().reverse(), { shape: this.W.shape }), this.b)
        turned.forward(zeros(dx.shape))
        return turned.backward(dout)
      }
    }
    expectFault(() => convolution([1, 1, 2, 2], {}, Flipped), 'x', normal(2, 1, 3, 4))
  })
})

it('im2col, the kernel, writes every element, also over what an earlier call left', () => {
  const sizes = { N: 1, C: 1, H: 2, W: 2, OH: 3, OW: 3, height: 2, width: 2 }
  const window = { ...sizes, strideY: 1, strideX: 1, padY: 1, padX: 1 }
  const columns = new Float64Array(36).fill(NaN)
  backend().im2col(Float64Array.of(1, 2, 3, 4), columns, window)
  expect(columns.some(Number.isNaN)).toBe(false)
  expect([...columns.subarray(0, 4), ...columns.subarray(16, 20)]).toEqual([0, 0, 0, 1, 1, 2, 3, 4])
})
