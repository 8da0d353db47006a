import { afterEach, describe, expect, it } from 'vitest'
import {
  add,
  arange,
  axpy,
  backends,
  clip,
  compress,
  concat,
  div,
  exp,
  logSoftmax,
  map,
  max,
  mean,
  mul,
  permute,
  relu,
  setBackend,
  slice,
  sub,
  sum,
  type Tensor,
  takeRows,
  tensor,
  transpose,
  Workspace,
  where,
  zeros,
} from '../index.ts'

const matrix = (rows = 40, columns = 50): Tensor => arange(rows * columns).reshape([rows, columns])

/** Operations whose result may replace `x`, element by element. */
const ELEMENTWISE: Record<string, (x: Tensor, out?: Tensor) => Tensor> = {
  add: (x, out) => add(x, 1, { out }),
  'sub of a row': (x, out) => sub(x, x.clone().row(0), { out }),
  'mul of itself': (x, out) => mul(x, x, { out }),
  exp: (x, out) => exp(x, { out }),
  relu: (x, out) => relu(x, { out }),
  clip: (x, out) => clip(x, 2, 5, { out }),
  map: (x, out) => map(x, (value) => -value, { out }),
  where: (x, out) => where(x, 1, x, { out }),
  logSoftmax: (x, out) => logSoftmax(x, { out }),
}

describe.each(backends())('out that shares elements with an operand, on %s', (name) => {
  afterEach(() => setBackend('wasm'))

  it.each(Object.entries(ELEMENTWISE))(
    '%s: may be all of it, in any view; anything else is refused',
    (_, compute) => {
      setBackend(name)
      const expected = compute(matrix())
      const x = matrix()
      compute(x, x)
      expect(x.data).toEqual(expected.data)
      const y = matrix()
      compute(y, y.reshape([2000]).reshape([40, 50]))
      expect(y.data).toEqual(expected.data)
      const large = matrix(41)
      const before = large.clone()
      expect(() => compute(large.rows(0, 40), large.rows(1, 41))).toThrow(/: out shares some of its elements/)
      expect(() => compute(large.rows(1, 41), large.rows(0, 40))).toThrow(/^\w+: out shares/)
      expect(large.data).toEqual(before.data)
    },
  )

  it('refuses a row that is repeated over the result, on either side', () => {
    setBackend(name)
    const x = matrix()
    for (const operation of [add, sub, mul, div]) {
      expect(() => operation(x, x.row(0), { out: x })).toThrow(/out shares some/)
      expect(() => operation(x.row(3), x, { out: x })).toThrow(/out shares some/)
    }
    expect(() => where(x.row(0), 1, x, { out: x })).toThrow(/where: out shares some/)
    expect(() => axpy(1, x.rows(0, 39), x.rows(1, 40))).toThrow(/axpy: out shares some/)
    axpy(1, x, x)
    expect(x.data).toEqual(mul(matrix(), 2).data)
  })

  it('refuses any shared element where the result has another order', () => {
    setBackend(name)
    const x = matrix(50)
    const others: ((out: Tensor) => Tensor)[] = [
      (out) => takeRows(x, [...Array(50).keys()], { out }),
      (out) => transpose(x, { out }),
      (out) => permute(x, [1, 0], { out }),
      (out) => slice(x, [], { out }),
      (out) => concat([x.rows(0, 20), x.rows(20, 50)], { out }),
      (out) => sum(x, { axis: 0, out: out.row(0) }),
      (out) => max(x, { axis: 0, out: out.row(1) }),
      (out) => mean(x, { axis: 0, out: out.row(2) }),
    ]
    for (const operation of others) {
      expect(() => operation(x)).toThrow(/: out must not share its elements with an operand/)
    }
    expect(x.data).toEqual(matrix(50).data)
  })

  it('refuses rows of a compressed matrix that are written into it', () => {
    setBackend(name)
    const x = compress(zeros([4, 3]))
    expect(() => takeRows(x, [3, 2, 1, 0], { out: x })).toThrow(
      /takeRows: out must not share its elements with x/,
    )
  })

  it('refuses a part of the result of the same operation in an earlier run of a workspace', () => {
    setBackend(name)
    const workspace = new Workspace()
    const x = tensor([
      [1, 2],
      [3, 4],
    ])
    const before = workspace.run(() => sub(x, tensor([1, 1])))
    expect(() => workspace.run(() => sub(x, before.row(0)))).toThrow(/sub: out shares some/)
    expect(workspace.run(() => sub(before, 1)).toArray()).toEqual([
      [-1, 0],
      [1, 2],
    ])
  })
})
