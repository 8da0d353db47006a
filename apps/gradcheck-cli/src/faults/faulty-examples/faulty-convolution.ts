import { Convolution } from '@gosa/layers'
import { type Shape, scale, type Tensor, tensor, zeros } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'
import { withReplacedGradients } from './replaced-gradients.ts'

/*
 * Faulty examples: common mistakes in the gradients of a convolution, written out as the seven loops that im2col hides. Height
 * and width, stride and padding of both axes differ; windows overlap; there are as many filters as channels.
 */

const IMAGES = [3, 2, 5, 6] as const
const FILTERS = [2, 2, 3, 2] as const
const WINDOW = { stride: [2, 1], pad: [1, 0] } as const

const [N, C] = IMAGES
const [F, , FH, FW] = FILTERS
const [OH, OW] = [3, 5]

/** One multiplication of the convolution: of the pixel under (fy, fx) with the filter at the position (oy, ox). */
interface Product {
  readonly n: number
  readonly f: number
  readonly c: number
  readonly oy: number
  readonly ox: number
  readonly fy: number
  readonly fx: number
}

/** All multiplications; those of different filters at the same pixel follow each other. */
function* products(): Generator<Product> {
  for (let n = 0; n < N; n++)
    for (let oy = 0; oy < OH; oy++)
      for (let ox = 0; ox < OW; ox++)
        for (let c = 0; c < C; c++)
          for (let fy = 0; fy < FH; fy++)
            for (let fx = 0; fx < FW; fx++) for (let f = 0; f < F; f++) yield { n, f, c, oy, ox, fy, fx }
}

type IndexOf = (product: Product) => readonly number[]

const output: IndexOf = ({ n, f, oy, ox }) => [n, f, oy, ox]
const weight: IndexOf = ({ f, c, fy, fx }) => [f, c, fy, fx]
const turned: IndexOf = ({ f, c, fy, fx }) => [f, c, FH - 1 - fy, FW - 1 - fx]
const exchanged: IndexOf = ({ f, c, fy, fx }) => [c, f, fy, fx]
const pixel = ({ n, c, oy, ox, fy, fx }: Product, { stride, pad }: Sliding = WINDOW) => [
  n,
  c,
  oy * stride[0] + fy - pad[0],
  ox * stride[1] + fx - pad[1],
]

/** How a window slides: vertically, horizontally. */
interface Sliding {
  readonly stride: readonly [number, number]
  readonly pad: readonly [number, number]
}

const [STRIDE, PAD] = [WINDOW.stride, WINDOW.pad]
const WRONG_WINDOWS: Readonly<Record<string, Sliding>> = {
  'stride and padding exchanged': { stride: PAD, pad: STRIDE },
  'without the padding': { stride: STRIDE, pad: [0, 0] },
  'without the stride': { stride: [1, 1], pad: PAD },
  'strides of the axes exchanged': { stride: [1, 2], pad: PAD },
  'padding of the axes exchanged': { stride: STRIDE, pad: [0, 1] },
}

const isInside = (index: readonly number[], shape: Shape): boolean =>
  index.every((i, axis) => i >= 0 && i < shape[axis])

const read = (values: Tensor, index: readonly number[]): number =>
  isInside(index, values.shape) ? values.at(...index) : 0

/** Adds up a value for each product, at an index; where `adds` is false, the value replaces the sum. */
function total(shape: Shape, at: IndexOf, value: (product: Product) => number, adds = (_: Product) => true) {
  const sum = zeros(shape)
  for (const product of products()) {
    const index = at(product)
    if (!isInside(index, shape)) continue
    const flat = index.reduce((offset, i, axis) => offset * shape[axis] + i, 0)
    sum.data[flat] = (adds(product) ? sum.data[flat] : 0) + value(product)
  }
  return sum
}

/** Common mistakes in the gradients of Convolution. */
export const faultyConvolutions = ({ values }: RandomValues): Fault[] => {
  const W = values(...FILTERS)
  const convolution = (
    name: string,
    replace: (pass: { x: Tensor; dout: Tensor; layer: Convolution }) => Record<string, Tensor>,
  ): Fault => {
    const layer = new Convolution(W.clone(), values(F), WINDOW)
    const faulty = withReplacedGradients(layer, (pass) => replace({ ...pass, layer }))
    return { name: `Convolution: ${name}`, case: { name, layer: faulty, x: values(...IMAGES) } }
  }
  /** dx with another pixel, another weight or another dout in each product. */
  const dx = (
    name: string,
    { at = pixel, w = weight, d = output }: { at?: IndexOf; w?: IndexOf; d?: IndexOf },
    adds?: (product: Product) => boolean,
  ) =>
    convolution(`dx ${name}`, ({ dout }) => ({
      x: total(
        IMAGES,
        (one) => at(one),
        (one) => read(dout, d(one)) * read(W, w(one)),
        adds,
      ),
    }))
  const dW = (name: string, { at = weight, x: from = pixel }: { at?: IndexOf; x?: IndexOf }) =>
    convolution(`dW ${name}`, ({ x, dout }) => ({
      W: total(FILTERS, at, (one) => read(dout, output(one)) * read(x, from(one))),
    }))
  const db = (name: string, sumOf: (dout: Tensor, f: number) => number) =>
    convolution(`db ${name}`, ({ dout }) => ({ b: tensor([0, 1].map((f) => sumOf(dout, f))) }))
  const pixelsOf = (dout: Tensor, n: number, f: number): number[] => [...dout.row(n).row(f).data]
  const add = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
  const images = [...Array(N).keys()]
  return [
    dx('sets pixels where windows overlap', {}, ({ f }) => f > 0),
    ...Object.entries(WRONG_WINDOWS).flatMap(([name, window]) => [
      dx(name, { at: (one) => pixel(one, window) }),
      dW(name, { x: (one) => pixel(one, window) }),
    ]),
    dx('with filters that are not turned', { w: turned }),
    dx('with filters and channels exchanged', { w: exchanged }),
    dx('with channels in reverse order', { w: ({ f, c, fy, fx }) => [f, C - 1 - c, fy, fx] }),
    dx('of the first channel in all channels', { w: ({ f, fy, fx }) => [f, 0, fy, fx] }),
    dx('of the first image in all images', { d: ({ f, oy, ox }) => [0, f, oy, ox] }),
    dx('with the height of dout for its width', {
      d: ({ n, f, oy, ox }) => {
        const flat = oy * OH + ox
        return [n, f, Math.floor(flat / OW), flat % OW]
      },
    }),
    dx('without the last line of positions', { d: ({ n, f, oy, ox }) => [n, f, oy < OH - 1 ? oy : -1, ox] }),
    dx('without the last filter', { d: ({ n, f, oy, ox }) => [n, f < F - 1 ? f : -1, oy, ox] }),
    dW('turned by 180°', { at: turned }),
    dW('with filters and channels exchanged', { at: exchanged }),
    dW('of the first channel in all channels', { x: (one) => pixel({ ...one, c: 0 }) }),
    dW('of the last image alone', { x: (one) => pixel({ ...one, n: one.n === N - 1 ? one.n : -1 }) }),
    convolution('dW is a mean over the batch', ({ layer }) => ({ W: scale(layer.dW, 1 / N) })),
    convolution('dW is a mean over the positions', ({ layer }) => ({ W: scale(layer.dW, 1 / (OH * OW)) })),
    db('of the first pixel alone', (dout, f) => add(images.map((n) => pixelsOf(dout, n, f)[0]))),
    db('of the first image alone', (dout, f) => add(pixelsOf(dout, 0, f))),
    db('of all filters in each', (dout) => add([...dout.data])),
    db(
      'is a mean over the pixels',
      (dout, f) => add(images.flatMap((n) => pixelsOf(dout, n, f))) / (OH * OW),
    ),
    db('is a mean over the batch', (dout, f) => add(images.flatMap((n) => pixelsOf(dout, n, f))) / N),
  ]
}
