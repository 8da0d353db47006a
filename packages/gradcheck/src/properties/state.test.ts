import { add, matmul, mul, scale, sub, type Tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkLoss, checkNetwork, type Report } from '../index.ts'
import { CrossEntropy, Dense, Elementwise, MeanSquare, normal, SmallNet, tanh } from '../layers.testing.ts'

const x = normal([4, 3])
const findings = ({ findings }: Report): string[] => findings.map(({ name }) => name)

/** A layer with some methods replaced. */
const changed = <T extends object>(layer: T, change: (layer: T) => Partial<T>): T =>
  Object.assign(layer, change(layer))

describe('checkLayer of code that keeps something', () => {
  it('finds the first input kept for ever, also if it was the given one', () => {
    for (const useBefore of [true, false]) {
      let first: Tensor | undefined
      const layer = changed(new Dense(3, 2), (dense) => ({
        forward(x: Tensor) {
          first ??= x.clone()
          dense.x = first
          return add(matmul(x, dense.W), dense.b)
        },
      }))
      if (useBefore) layer.forward(x)
      expect(checkLayer(layer, x).verdict).toBe('fail')
    }
  })

  it('finds a dout and an input that come one call late', () => {
    let late: Tensor | undefined
    const lateDout = changed(tanh(), (layer) => {
      const backward = layer.backward.bind(layer)
      return {
        backward(dout: Tensor) {
          const used = late ?? dout
          late = dout.clone()
          return backward(used)
        },
      }
    })
    expect(checkLayer(lateDout, x).verdict).toBe('fail')
    let [previous, present]: (Tensor | undefined)[] = []
    const lateInput = {
      forward(x: Tensor) {
        ;[previous, present] = [present ?? x.clone(), x.clone()]
        return mul(x, x)
      },
      backward: (dout: Tensor) => scale(mul(dout, previous as Tensor), 2),
    }
    expect(checkLayer(lateInput, x).verdict).toBe('fail')
  })

  it('finds inputs that are kept in a queue, and passes those on a stack', () => {
    for (const [take, verdict] of [
      ['shift', 'fail'],
      ['pop', 'pass'],
    ] as const) {
      const kept: Tensor[] = []
      const layer = {
        forward(x: Tensor) {
          kept.push(x.clone())
          return mul(x, x)
        },
        backward: (dout: Tensor) => scale(mul(dout, kept[take]() ?? x), 2),
      }
      expect(checkLayer(layer, x).verdict).toBe(verdict)
    }
  })

  it('finds a gradient that changes with the number of calls', () => {
    for (const after of [5, 20, 60, 100]) {
      let calls = 0
      const layer = changed(tanh(), (layer) => {
        const [forward, backward] = [layer.forward.bind(layer), layer.backward.bind(layer)]
        return {
          forward(x: Tensor) {
            calls++
            return forward(x)
          },
          backward: (dout: Tensor) => scale(backward(dout), calls > after ? 1.1 : 1),
        }
      })
      expect(checkLayer(layer, x).verdict).toBe('fail')
    }
  })

  it('finds a running output: forward depends on passes at other inputs', () => {
    let largest = 0
    const layer = new Elementwise(
      (value) => {
        largest = Math.max(largest, Math.abs(value))
        return value / (1 + largest)
      },
      () => 1 / (1 + largest),
    )
    const small = scale(x, 0.5)
    expect(checkLayer(layer, small).verdict).toBe('fail')
  })

  it('finds gradients that are right at the given inputs only', () => {
    const right = tanh()
    const at = scale(x, 1)
    const layer = new Elementwise(Math.tanh, (value) =>
      at.data.includes(value) ? 1 - Math.tanh(value) ** 2 : 1,
    )
    right.forward(x)
    expect(findings(checkLayer(layer, x, { secondOrder: false }))).toContain('wrong-for-other-inputs')
  })

  it('passes code that keeps only what it should', () => {
    for (const layer of [new Dense(3, 2), tanh(), new Elementwise(Math.sqrt, (v) => 0.5 / Math.sqrt(v))]) {
      const positive = mul(x, x)
      expect(String(checkLayer(layer as Dense, positive))).toMatch(/: pass/)
    }
  })
})

describe('checkLoss and checkNetwork of code that keeps something', () => {
  it('find targets and inputs of the first pass', () => {
    let kept: Tensor | undefined
    const loss = changed(new MeanSquare(), (square) => {
      const forward = square.forward.bind(square)
      return {
        forward(x: Tensor, t: Tensor) {
          const value = forward(x, t)
          kept ??= square.difference
          square.difference = kept
          return value
        },
      }
    })
    loss.forward(x, normal([4, 3], 9))
    expect(checkLoss(loss, x, normal([4, 3], 9)).verdict).toBe('fail')
    const t = Uint8Array.of(0, 1, 1, 0)
    expect(String(checkLoss(new CrossEntropy(), x, Uint8Array.of(0, 1, 2, 0)))).toMatch(/: pass/)

    const net = new SmallNet(3, 5, 2)
    let first: Record<string, Tensor> | undefined
    const gradient = net.gradient.bind(net)
    net.gradient = (x, t) => (first ??= gradient(x, t))
    net.gradient(x, t)
    expect(checkNetwork(net, x, t).verdict).toBe('fail')
    expect(String(checkNetwork(new SmallNet(3, 5, 2), x, t))).toMatch(/: pass/)
  })

  it('find labels of the first pass that are kept, also if those were the given ones', () => {
    const t = Uint8Array.of(0, 1, 1, 0)
    for (const useBefore of [true, false]) {
      const net = new SmallNet(3, 5, 2)
      const gradient = net.gradient.bind(net)
      let first: ArrayLike<number> | undefined
      net.gradient = (x, t) => gradient(x, (first ??= Array.from(t)))
      if (useBefore) net.gradient(x, t)
      expect(checkNetwork(net, x, t).verdict).toBe('fail')

      let target: Tensor | undefined
      const loss = changed(new MeanSquare(), (square) => {
        const forward = square.forward.bind(square)
        return {
          forward(x: Tensor, t: Tensor) {
            const value = forward(x, t)
            target ??= t.clone()
            square.difference = sub(x, target)
            return value
          },
        }
      })
      if (useBefore) loss.forward(x, normal([4, 3], 9))
      expect(checkLoss(loss, x, normal([4, 3], 9)).verdict).toBe('fail')
    }
  })

  it('pass a loss that refuses other labels', () => {
    const square = new MeanSquare()
    const t = normal([4, 3], 9)
    const loss = {
      forward(x: Tensor, labels: Tensor) {
        if (labels.data[0] !== t.data[0]) throw new RangeError('these labels only')
        return square.forward(x, labels)
      },
      backward: (dout?: number) => square.backward(dout),
    }
    expect(String(checkLoss(loss, x, t))).toMatch(/: pass/)
  })
})
