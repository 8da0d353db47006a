import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  add,
  axpy,
  compress,
  createRng,
  type DType,
  exp,
  logSoftmax,
  matmul,
  max,
  mul,
  randomNormal,
  relu,
  setBackend,
  sum,
  type Tensor,
  takeRows,
  Workspace,
  zeros,
} from '../../index.ts'
import { maskPositive } from '../../kernels.ts'
import { expectSame } from './numbers.testing.ts'

const random = (shape: number[], seed: number, dtype: DType = 'float32'): Tensor =>
  randomNormal(shape, { rng: createRng(seed), dtype })

/** Returns a workspace with a memory of its own: it holds one more tensor, large enough for that. */
function workspaceHolding(...tensors: Tensor[]): Workspace {
  const large = zeros([64, 64], { dtype: 'float64' })
  const workspace = new Workspace({ holds: [large, ...tensors] })
  expect(large.data.buffer.byteLength).toBeGreaterThan(2 ** 20)
  return workspace
}

describe('a Workspace that holds tensors', () => {
  afterEach(() => {
    setBackend('wasm')
    vi.unstubAllGlobals()
  })

  it('moves their elements once, and keeps them there', () => {
    const W = random([100, 50], 1)
    const { data } = W
    const before = W.clone()
    const workspace = new Workspace({ holds: [W] })
    expect(W.data).not.toBe(data)
    expectSame(W.data, before.data)
    const inMemory = W.data
    workspace.run(() => axpy(1, before, W))
    expect(W.data).toBe(inMemory)
    expectSame(W.data, add(before, before).data)
  })

  it('computes the same bits as without it, over random shapes and dtypes', () => {
    const length = fc.integer({ min: 1, max: 70 })
    const dtype = fc.constantFrom<DType>('float32', 'float64')
    fc.assert(
      fc.property(length, length, length, dtype, fc.nat(1000), (N, D, M, dtype, seed) => {
        const x = relu(random([N, D], seed, dtype))
        const images = compress(x)
        const [W, b] = [random([D, M], seed + 1, dtype), random([M], seed + 2, dtype)]
        const step = (W: Tensor, b: Tensor) => {
          const y = add(matmul(x, W), b)
          const dout = maskPositive(mul(y, 0.5), y)
          const dW = matmul(x, dout, { transposeA: true })
          axpy(-0.1, dW, W)
          return [
            ...[y, dout, dW, W, relu(y), exp(y), logSoftmax(y), sum(dout, { axis: 0 }), max(y, { axis: 0 })],
            ...[matmul(dout, W, { transposeB: true }), matmul(W, x, { transposeA: true, transposeB: true })],
            ...[matmul(images, W), matmul(images, dout, { transposeA: true }), add(y, y), mul(b, y)],
          ]
        }
        const expected = step(W.clone(), b.clone())
        const workspace = workspaceHolding(W, b)
        const before = W.clone()
        for (let again = 0; again < 2; again++) {
          W.data.set(before.data)
          for (const [i, { data }] of workspace.run(() => step(W, b)).entries())
            expectSame(data, expected[i].data)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('computes the same bits for operands larger than a block, and after the memory is full', () => {
    const [a, b] = [random([700, 530], 3), random([530, 1030], 4)]
    const compute = () => [matmul(a, b), matmul(b, a, { transposeA: true, transposeB: true }), add(a, 1)]
    const expected = compute()
    const workspace = workspaceHolding(a, b)
    for (let again = 0; again < 2; again++) {
      for (const [i, { data }] of workspace.run(compute).entries()) expectSame(data, expected[i].data)
    }
    const memories = new Set<ArrayBufferLike>()
    for (let rows = 700; rows > 690; rows--) {
      const sum = workspace.run(() => add(a.rows(0, rows), 1))
      expectSame(sum.data, expected[2].data.subarray(0, rows * 530))
      memories.add(sum.data.buffer)
    }
    expect(memories.size).toBeGreaterThan(1)
  })

  it('writes nothing beyond the end of a view', () => {
    const W = random([60, 50], 5)
    const [x, rest] = [random([50], 6), W.clone().rows(1, 60)]
    const workspace = workspaceHolding(W)
    axpy(1, x, W.row(0))
    add(x, x, { out: W.row(0) })
    matmul(random([1, 7], 7), random([7, 50], 8), { out: W.rows(0, 1) })
    logSoftmax(x, { out: W.row(0) })
    exp(x, { out: W.row(0) })
    sum(random([9, 50], 9), { axis: 0, out: W.row(0) })
    workspace.run(() => sum(W.clone(), { axis: 0, out: W.row(0) }))
    expectSame(W.rows(1, 60).data, rest.data)
  })

  it('multiplies zeros of a compressed matrix by their NaN and infinities', () => {
    const images = compress(takeRows(zeros([1, 40], { dtype: 'float32' }), [0, 0, 0, 0]))
    const W = random([40, 50], 10)
    workspaceHolding(W)
    for (const [value, i] of [
      [Infinity, 3],
      [-Infinity, 1999],
      [NaN, 1000],
    ]) {
      const original = W.data[i]
      W.data[i] = value
      expect(matmul(images, W).data[i % 50]).toBeNaN()
      W.data[i] = original
      expect(matmul(images, W).data[i % 50]).toBe(0)
    }
  })

  it('caches the results of each shape, which a run with another shape does not overwrite', () => {
    const workspace = workspaceHolding(random([10, 10], 11))
    const full = workspace.run(() => exp(random([100, 50], 12)))
    const before = full.clone()
    const last = workspace.run(() => exp(random([37, 50], 13)))
    expectSame(full.data, before.data)
    expect(workspace.run(() => exp(random([100, 50], 14)))).toBe(full)
    expect(workspace.run(() => exp(random([37, 50], 15)))).toBe(last)
  })

  it('leaves them in ordinary arrays if they are small, for the js backend, or if the engine is out of memory', () => {
    const large = () => random([100, 50], 16)
    const isUnmoved = (W: Tensor) => {
      const { data } = W
      new Workspace({ holds: [W] }).run(() => relu(W))
      return W.data === data
    }
    expect(isUnmoved(large())).toBe(false)
    expect(isUnmoved(random([3, 3], 17))).toBe(true)
    setBackend('js')
    expect(isUnmoved(large())).toBe(true)
    setBackend('wasm')
    vi.stubGlobal('WebAssembly', {
      ...Object.fromEntries(
        Object.getOwnPropertyNames(WebAssembly).map((n) => [n, Reflect.get(WebAssembly, n)]),
      ),
      Memory: class {
        constructor() {
          throw new RangeError('WebAssembly.Memory(): could not allocate memory')
        }
      },
    })
    expect(isUnmoved(large())).toBe(true)
  })

  it('lets another backend compute with them', () => {
    const W = random([100, 50], 18)
    const x = random([5, 100], 19)
    setBackend('js')
    const expected = matmul(x, W)
    setBackend('wasm')
    workspaceHolding(W)
    setBackend('js')
    expectSame(matmul(x, W).data, expected.data)
  })
})
