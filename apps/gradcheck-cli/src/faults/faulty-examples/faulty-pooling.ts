import { AveragePooling, Flatten, GlobalAveragePooling, type Layer, MaxPooling } from '@gosa/layers'
import { scale, type Tensor, zeros } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'
import { type Pass, withReplacedGradients } from './replaced-gradients.ts'

/*
 * Faulty examples: common mistakes in pooling and flattening, written out.
 */

/** A window: as many pixels high as wide, with the same step in both directions. */
interface Window {
  readonly size: number
  readonly stride: number
  readonly pad: number
}

/** The offsets of the pixels in each window of images, in the order of the outputs. */
function windowsOf({ shape: [N, C, H, W] }: Tensor, { size, stride, pad }: Window): number[][] {
  const [OH, OW] = [H, W].map((length) => Math.floor((length + 2 * pad - size) / stride) + 1)
  return Array.from({ length: N * C * OH * OW }, (_, i) => {
    const [channel, top, left] = [
      Math.floor(i / (OH * OW)),
      (Math.floor(i / OW) % OH) * stride - pad,
      (i % OW) * stride - pad,
    ]
    const cells = Array.from({ length: size * size }, (_, k) => [
      top + Math.floor(k / size),
      left + (k % size),
    ])
    return cells
      .filter(([y, x]) => y >= 0 && y < H && x >= 0 && x < W)
      .map(([y, x]) => (channel * H + y) * W + x)
  })
}

/** Which pixels of a window receive how much of dout. */
type Shares = (pixels: readonly number[], x: Tensor) => readonly (readonly [pixel: number, share: number])[]

const wins = (pixels: readonly number[], x: Tensor): number =>
  pixels.reduce((best, one) => (x.data[one] > x.data[best] ? one : best))

/** dx by shares; with `sets`, a window replaces what another gave the same pixel. */
function distribute({ x, dout }: Pass, window: Window, shares: Shares, sets = false): { x: Tensor } {
  const dx = zeros(x.shape)
  for (const [i, pixels] of windowsOf(x, window).entries()) {
    for (const [pixel, share] of shares(pixels, x)) {
      dx.data[pixel] = (sets ? 0 : dx.data[pixel]) + share * dout.data[i]
    }
  }
  return { x: dx }
}

const OVERLAPPING = { size: 3, stride: 2, pad: 1 }
const PLAIN = { size: 2, stride: 2, pad: 0 }

/** Common mistakes in MaxPooling, AveragePooling, GlobalAveragePooling and Flatten. */
export const faultyPoolings = ({ rng, values }: RandomValues): Fault[] => {
  const faulty = (
    kind: string,
    name: string,
    layer: Layer,
    wrongDx: (pass: Pass) => { x: Tensor },
    x: Tensor,
  ) => ({
    name: `${kind}: ${name}`,
    case: { name, layer: withReplacedGradients(layer, wrongDx), x },
  })
  const max = (name: string, shares: Shares, window = OVERLAPPING, x = values(2, 2, 5, 4), sets = false) =>
    faulty('MaxPooling', name, new MaxPooling(window), (pass) => distribute(pass, window, shares, sets), x)
  const average = (name: string, shares: Shares, sets = false) =>
    faulty(
      'AveragePooling',
      name,
      new AveragePooling(OVERLAPPING),
      (pass) => distribute(pass, OVERLAPPING, shares, sets),
      values(2, 2, 5, 4),
    )
  const global = (name: string, factor: (N: number, C: number, H: number, W: number) => number) =>
    faulty(
      'GlobalAveragePooling',
      name,
      new GlobalAveragePooling(),
      ({ x, dx }) => {
        const [N, C, H, W] = x.shape
        return { x: scale(dx, factor(N, C, H, W)) }
      },
      values(2, 3, 2, 4),
    )
  // Of few different values, so that windows have several largest pixels.
  const ties = zeros([2, 2, 4, 6])
  for (let i = 0; i < ties.size; i++) ties.data[i] = rng.integer(2)
  return [
    max(
      'all of several largest pixels receive the whole gradient',
      (pixels, x) => pixels.filter((one) => x.data[one] === x.data[wins(pixels, x)]).map((one) => [one, 1]),
      PLAIN,
      ties,
    ),
    max(
      'the gradient is set where windows overlap',
      (pixels, x) => [[wins(pixels, x), 1]],
      OVERLAPPING,
      values(2, 2, 5, 4),
      true,
    ),
    max('the first pixel of the window receives the gradient', ([first]) => [[first, 1]]),
    max('the last pixel of the window receives the gradient', (pixels) => [[pixels[pixels.length - 1], 1]]),
    max('the smallest pixel receives the gradient', (pixels, x) => [
      [pixels.reduce((best, one) => (x.data[one] < x.data[best] ? one : best)), 1],
    ]),
    max('every pixel receives the gradient', (pixels) => pixels.map((one) => [one, 1])),
    max('the gradient is shared as in average pooling', (pixels) =>
      pixels.map((one) => [one, 1 / pixels.length]),
    ),
    max('the index of the largest pixel counts from the start of its channel', (pixels, x) => [
      [wins(pixels, x) % (x.shape[2] * x.shape[3]), 1],
    ]),
    max('the neighbour of the largest pixel receives the gradient', (pixels, x) => [
      [pixels[(pixels.indexOf(wins(pixels, x)) + 1) % pixels.length], 1],
    ]),
    max('the gradient is multiplied by the largest pixel', (pixels, x) => {
      const winner = wins(pixels, x)
      return [[winner, x.data[winner]]]
    }),
    average('divided by the whole window at the border, too', (pixels) => pixels.map((one) => [one, 1 / 9])),
    average('not divided', (pixels) => pixels.map((one) => [one, 1])),
    average('divided by the height of the window alone', (pixels) => pixels.map((one) => [one, 1 / 3])),
    average(
      'the gradient is set where windows overlap',
      (pixels) => pixels.map((one) => [one, 1 / pixels.length]),
      true,
    ),
    average('the first pixel of the window receives the gradient', ([first]) => [[first, 1]]),
    average('the largest pixel receives the gradient', (pixels, x) => [[wins(pixels, x), 1]]),
    global('not divided', (_N, _C, H, W) => H * W),
    global('divided by the height alone', (_N, _C, _H, W) => W),
    global('divided by the number of images as well', (N) => 1 / N),
    global('divided by the number of channels as well', (_N, C) => 1 / C),
    faulty(
      'Flatten',
      'the gradient is read with channels last',
      new Flatten(),
      ({ x, dout }) => {
        const dx = zeros(x.shape)
        const [, C, H, W] = x.shape
        for (let i = 0; i < dx.size; i++) {
          const [sample, channel, pixel] = [
            Math.floor(i / (C * H * W)),
            Math.floor(i / (H * W)) % C,
            i % (H * W),
          ]
          dx.data[i] = dout.at(sample, pixel * C + channel)
        }
        return { x: dx }
      },
      values(2, 3, 2, 4),
    ),
  ]
}
