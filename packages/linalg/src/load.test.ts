import { afterEach, describe, expect, it } from 'vitest'
import {
  add,
  compress,
  createRng,
  matmul,
  randomNormal,
  setBackend,
  type Tensor,
  tensor,
  withLoaded,
  zeros,
} from './index.ts'

const random = (...shape: number[]): Tensor => randomNormal(shape, { rng: createRng(shape[0]) })

describe('withLoaded', () => {
  afterEach(() => setBackend('wasm'))

  it('answers what is computed meanwhile, with the bits of a computation without it', () => {
    const x = compress(
      tensor([
        [0, 0, 0, 2],
        [1, 0, 0, 0],
        [0, 0, 3, 0],
      ]),
    )
    const [W, b] = [random(4, 50), random(50)]
    const compute = () => add(matmul(x, W), b)
    const expected = compute()
    expect(withLoaded([W, b], compute).data).toEqual(expected.data)
  })

  it('lets the tensors be changed, and leaves them changed, in the arrays that they had', () => {
    const [W, b] = [random(4, 50), random(50)]
    const data = W.data
    withLoaded([W, b], () => {
      expect(W.data).not.toBe(data)
      W.data[7] = 5
      add(b, 1, { out: b })
    })
    expect(W.data).toBe(data)
    expect(data[7]).toBe(5)
    expect(b.data).toEqual(add(random(50), 1).data)
  })

  it('gives them back where the computation throws', () => {
    const W = random(4, 50)
    const data = W.data
    expect(() =>
      withLoaded([W], () => {
        W.data[0] = 1
        throw new Error('stopped')
      }),
    ).toThrow('stopped')
    expect(W.data).toBe(data)
    expect(data[0]).toBe(1)
    expect(withLoaded([W], () => W.data)).not.toBe(data)
  })

  it('multiplies loaded tensors into a loaded one, which shares no element with them', () => {
    const [a, b, out] = [random(6, 40), random(40, 30), zeros([6, 30])]
    const expected = matmul(a, b)
    withLoaded([a, b, out], () => matmul(a, b, { out }))
    expect(out.data).toEqual(expected.data)
    expect(() => withLoaded([a], () => matmul(a, b, { out: a.reshape([40, 6]) }))).toThrow()
  })

  it('finds the infinities of a loaded tensor that zeros meet', () => {
    const x = compress(
      tensor([
        [0, 0, 0, 2],
        [0, 0, 0, 1],
        [0, 0, 0, 4],
      ]),
    )
    const W = random(4, 50)
    W.data[3] = Infinity
    expect(withLoaded([W], () => matmul(x, W)).data[3]).toBeNaN()
  })

  it('simply computes where they do not fit, share elements, or others are loaded already', () => {
    const own = (tensors: Tensor[]) =>
      withLoaded(tensors, () => tensors.every(({ data }, i) => data === before[i]))
    const large = zeros([600, 600])
    const small = zeros([3, 3])
    let before = [large.data]
    expect(own([large])).toBe(true)
    before = [small.data, small.data]
    expect(own([small, small.reshape([9])])).toBe(true)
    before = [small.data]
    expect(withLoaded([zeros([2])], () => own([small]))).toBe(true)
    expect(own([small])).toBe(false)
    setBackend('js')
    expect(own([small])).toBe(true)
  })
})
