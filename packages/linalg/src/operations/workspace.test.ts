import { describe, expect, it } from 'vitest'
import { add, exp, matmul, mul, type Tensor, tensor, Workspace, zeros } from '../index.ts'

describe('Workspace', () => {
  const both = (x: Tensor) => [exp(x), mul(x, x)]

  it('lets each operation of a run write into its result of the previous run', () => {
    const workspace = new Workspace()
    const [e, square] = workspace.run(() => both(tensor([0, 2])))
    expect(square.toArray()).toEqual([0, 4])
    const again = workspace.run(() => both(tensor([1, 3])))
    expect(again[0]).toBe(e)
    expect(again[1]).toBe(square)
    expect(square.toArray()).toEqual([1, 9])
  })

  it('makes matmul throw if its result would overwrite an operand from an earlier run', () => {
    const workspace = new Workspace()
    const x = zeros([4, 4])
    const before = workspace.run(() => matmul(x, x))
    expect(() => workspace.run(() => matmul(before.rows(0, 4).reshape([4, 4]), x))).toThrow(/must not share/)
    const part = workspace.run(() => matmul(x, x)).rows(1, 3)
    expect(() => workspace.run(() => matmul(zeros([4, 2]), part))).toThrow(/must not share/)
  })

  it('creates new tensors if shape or dtype changed, and outside of runs', () => {
    const workspace = new Workspace()
    const [e] = workspace.run(() => both(tensor([0, 2])))
    expect(workspace.run(() => both(tensor([0, 2, 4])))[0]).not.toBe(e)
    expect(workspace.run(() => both(tensor([0, 2, 4], { dtype: 'float32' })))[0].dtype).toBe('float32')
    const [outside] = both(tensor([0, 2, 4]))
    expect(both(tensor([0, 2, 4]))[0]).not.toBe(outside)
  })

  it('does not cache large results, which would stay in memory', () => {
    const workspace = new Workspace()
    const large = () => workspace.run(() => exp(zeros([2 ** 22 + 1], { dtype: 'float32' })))
    expect(large()).not.toBe(large())
    const small = () => workspace.run(() => exp(zeros([2 ** 10], { dtype: 'float32' })))
    expect(small()).toBe(small())
  })

  it('continues in a nested run, also one started in another workspace', () => {
    const [workspace, other] = [new Workspace(), new Workspace()]
    const nested = () =>
      workspace.run(() => {
        const x = add(tensor([1]), 1)
        const y = other.run(() => workspace.run(() => mul(x, x)))
        return [x, y, add(x, y)].map((z) => z.at(0))
      })
    expect(nested()).toEqual([2, 4, 6])
    expect(nested()).toEqual([2, 4, 6])
  })

  it('is inactive after the run, also if the run throws', () => {
    const workspace = new Workspace()
    const fail = () => {
      exp(tensor([1]))
      throw new Error('no')
    }
    expect(() => workspace.run(fail)).toThrow('no')
    const [x, y] = [exp(tensor([1])), exp(tensor([1]))]
    expect(x).not.toBe(y)
  })
})
