import { describe, expect, it } from 'vitest'
import { checkJacobian } from '../check-jacobian.ts'
import type { Report } from '../types/report.ts'

/** Pooling and convolutions whose gradients other checkers let pass, or that fail only for some sizes. */

const wave = (length: number, step: number): number[] =>
  Array.from({ length }, (_, i) => Math.sin(step * (i + 1)))
const zeros = (length: number): number[] => new Array(length).fill(0)
const verdict = ({ verdict }: Report): string => verdict

describe('maxima of overlapping windows (NNlib.jl 205, Flux.jl 1197)', () => {
  const winners = (x: number[]): number[] => x.slice(1).map((value, i) => (value > x[i] ? i + 1 : i))
  const pool = (x: number[]): number[] => winners(x).map((i) => x[i])
  const x = [1, 5, 2, 7, 3, 4]
  const vjp = (add: boolean) => (x: number[], dout: number[]) => {
    const dx = zeros(x.length)
    for (const [n, i] of winners(x).entries()) dx[i] = (add ? dx[i] : 0) + dout[n]
    return dx
  }
  it('pass if the gradient of an entry is added up over windows, and fail if the last window overwrites it', () => {
    expect(verdict(checkJacobian(pool, { vjp: vjp(true) }, x))).toBe('pass')
    expect(verdict(checkJacobian(pool, { vjp: vjp(false) }, x))).toBe('fail')
  })
})

/** Convolves each of N signals of length L with a kernel of length K, stride S. */
interface Convolution {
  x: number[][]
  w: number[]
}
const outputs = (L: number, K: number, S: number): number => Math.floor((L - K) / S) + 1
const convolve =
  (S: number) =>
  ({ x, w }: Convolution): number[][] =>
    x.map((row) =>
      Array.from({ length: outputs(row.length, w.length, S) }, (_, o) =>
        w.reduce((sum, value, k) => sum + value * row[S * o + k], 0),
      ),
    )

describe('convolutions', () => {
  const [x, w] = [[wave(11, 0.7), wave(11, 1.3), wave(11, 2.1)], wave(4, 0.9)]
  const gradients =
    (S: number, { samples = 3, length = 11 } = {}) =>
    ({ x, w }: Convolution, dout: number[][]) => {
      const dx = x.map(() => zeros(length))
      const dw = zeros(w.length)
      for (const [n, row] of dout.entries()) {
        for (const [o, d] of row.entries()) {
          for (const [k, value] of w.entries()) {
            dx[n][S * o + k] += d * value
            if (n < samples) dw[k] += d * x[n][S * o + k]
          }
        }
      }
      return { x: dx, w: dw }
    }

  it('pass if right, also if the stride leaves entries over', () => {
    for (const S of [1, 2, 3, 4]) {
      expect(verdict(checkJacobian(convolve(S), { vjp: gradients(S) }, { x, w }))).toBe('pass')
    }
  })

  it('fail if the gradient of the kernel leaves out samples of the batch (NNlib.jl 197)', () => {
    expect(verdict(checkJacobian(convolve(1), { vjp: gradients(1, { samples: 1 }) }, { x, w }))).toBe('fail')
  })

  it('name the shape of a gradient that leaves out what the stride leaves over (burn 4799)', () => {
    const { findings } = checkJacobian(convolve(4), { vjp: gradients(4, { length: 8 }) }, { x, w })
    expect(findings.map(({ message }) => message)).toEqual([
      'the gradient of x has shape (3, 8), x itself (3, 11)',
    ])
  })

  it('fail if each group has the gradient of the first (burn 1877)', () => {
    const depthwise = ({ x, w }: { x: number[][]; w: number[][] }): number[][] =>
      x.map((row, c) => convolve(2)({ x: [row], w: w[c] })[0])
    const vjp =
      (group: (c: number) => number) =>
      ({ x, w }: { x: number[][]; w: number[][] }, dout: number[][]) => ({
        x: x.map((row, c) => gradients(2)({ x: [row], w: w[c] }, [dout[c]]).x[0]),
        w: w.map((kernel, c) => gradients(2)({ x: [x[group(c)]], w: kernel }, [dout[c]]).w),
      })
    const inputs = { x, w: [wave(4, 0.9), wave(4, 1.9), wave(4, 2.9)] }
    expect(verdict(checkJacobian(depthwise, { vjp: vjp((c) => c) }, inputs))).toBe('pass')
    expect(verdict(checkJacobian(depthwise, { vjp: vjp(() => 0) }, inputs))).toBe('fail')
  })

  it('fail if stride and dilation of a transposed one are exchanged in its gradient (candle PR 2337)', () => {
    const at = (S: number, D: number, i: number, k: number): number => S * i + D * k
    const f = ({ x, w }: { x: number[]; w: number[] }): number[] => {
      const y = zeros(at(2, 1, x.length - 1, w.length - 1) + 1)
      for (const [i, a] of x.entries()) for (const [k, b] of w.entries()) y[at(2, 1, i, k)] += a * b
      return y
    }
    const vjp =
      (S: number, D: number) =>
      ({ x, w }: { x: number[]; w: number[] }, dout: number[]) => ({
        x: x.map((_, i) => w.reduce((sum, b, k) => sum + b * (dout[at(S, D, i, k)] ?? 0), 0)),
        w: w.map((_, k) => x.reduce((sum, a, i) => sum + a * (dout[at(S, D, i, k)] ?? 0), 0)),
      })
    const inputs = { x: wave(5, 0.8), w: wave(3, 1.1) }
    expect(verdict(checkJacobian(f, { vjp: vjp(2, 1) }, inputs))).toBe('pass')
    expect(verdict(checkJacobian(f, { vjp: vjp(1, 2) }, inputs))).toBe('fail')
  })

  it('fail if the height of the output is used for its width, which squares hide (np-conv2d PR 2, caffe PR 298)', () => {
    const rowSums = (x: number[][]): number[][] =>
      x.slice(1).map((row, i) => row.slice(1).map((value, k) => value * x[i][k]))
    const vjp = (isSwapped: boolean) => (x: number[][], dout: number[][]) => {
      const dx = x.map((row) => row.map(() => 0))
      const [H, W] = [dout.length, dout[0].length]
      for (let i = 0; i < H; i++) {
        for (let k = 0; k < (isSwapped ? H : W); k++) {
          if (dout[i][k] === undefined) continue
          dx[i + 1][k + 1] += dout[i][k] * x[i][k]
          dx[i][k] += dout[i][k] * x[i + 1][k + 1]
        }
      }
      return dx
    }
    const [square, wide] = [
      [3, 3],
      [3, 5],
    ].map(([H, W]) => Array.from({ length: H }, (_, i) => wave(W, i + 0.7)))
    expect(verdict(checkJacobian(rowSums, { vjp: vjp(true) }, square))).toBe('pass')
    expect(verdict(checkJacobian(rowSums, { vjp: vjp(false) }, wide))).toBe('pass')
    expect(verdict(checkJacobian(rowSums, { vjp: vjp(true) }, wide))).toBe('fail')
  })
})
