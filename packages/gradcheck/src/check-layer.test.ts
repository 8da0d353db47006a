import { createRng, mul, ones, randomNormal, scale, sub, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer } from './index.ts'
import { Dense, Elementwise, Multiply, normal, relu, tanh } from './layers.testing.ts'

const bytesOf = ({ data }: Tensor): Uint8Array => new Uint8Array(data.slice().buffer)

describe('checkLayer', () => {
  it('passes a right layer, with an entry for the input and each weight', () => {
    const report = checkLayer(new Dense(3, 4), normal([5, 3]))
    expect(report.ok).toBe(true)
    expect(report.verdict).toBe('pass')
    expect(report.findings).toEqual([])
    expect(report.entries.map(({ name, shape }) => [name, shape])).toEqual([
      ['x', [5, 3]],
      ['W', [3, 4]],
      ['b', [4]],
    ])
    for (const { maxRelativeError, maxNumericalError, kinks, compared, wrong, unclear } of report.entries) {
      expect(maxRelativeError).toBeLessThan(1e-9)
      expect(maxNumericalError).toBeLessThan(1e-9)
      expect([kinks, wrong, unclear]).toEqual([0, 0, 0])
      expect(compared).toBeGreaterThan(3)
    }
  })

  it('names the report after the class, without the underscore that bundlers add', () => {
    const Affine = class _Affine extends Dense {}
    expect(String(checkLayer(new Affine(3, 4), normal([5, 3])))).toMatch(/^Affine: pass/)
  })

  it('fails a wrong layer and names the worst entry with both values', () => {
    const layer = new Dense(3, 4)
    const right = layer.backward.bind(layer)
    layer.backward = (dout) => {
      const dx = right(dout)
      layer.dW.data[5] *= -1
      return dx
    }
    const report = checkLayer(layer, normal([5, 3]))
    const [x, W, b] = report.entries
    expect([report.ok, report.verdict, x.verdict, W.verdict, b.verdict]).toEqual([
      false,
      'fail',
      'pass',
      'fail',
      'pass',
    ])
    expect(W.wrong).toBe(1)
    expect(W.worst?.index).toEqual([1, 1])
    expect(W.worst?.analytic).toBeCloseTo(-(W.worst?.numerical ?? 0), 9)
    expect(W.maxRelativeError).toBeCloseTo(2, 9)
    expect(W.cause).toBe('the gradient has the wrong sign at 1 entry')
  })

  it('finds a relative error of 1e-7 in one entry, which the mean over all entries hides', () => {
    const layer = new Dense(20, 30)
    const right = layer.backward.bind(layer)
    layer.backward = (dout) => {
      const dx = right(dout)
      layer.dW.data[5] *= 1 + 1e-7
      return dx
    }
    const W = checkLayer(layer, normal([5, 20])).entries[1]
    expect([W.wrong, W.worst?.index]).toEqual([1, [0, 5]])
    // The book's criterion, a mean below 1e-6, would pass it.
    expect(W.meanAbsoluteDifference).toBeLessThan(1e-9)
  })

  it('restores weights and inputs bit for bit, also if the layer throws', () => {
    const layer = new Dense(3, 4)
    const x = normal([5, 3])
    const before = [layer.W, layer.b, x].map(bytesOf)
    checkLayer(layer, x)
    expect([layer.W, layer.b, x].map(bytesOf)).toEqual(before)
    let passes = 0
    const forward = layer.forward.bind(layer)
    layer.forward = (given) => {
      if (++passes === 60) throw new Error('out of order')
      return forward(given)
    }
    expect(() => checkLayer(layer, x)).toThrow('out of order')
    expect([layer.W, layer.b, x].map(bytesOf)).toEqual(before)
  })

  it('returns the same report for the same seed, to the bit', () => {
    const report = (seed: number) => JSON.stringify(checkLayer(tanh(), normal([4, 3]), { seed }))
    expect(report(3)).toBe(report(3))
    expect(report(3)).not.toBe(report(4))
  })

  it('checks layers of two inputs, numbers or tensors, as x and y', () => {
    const numbers = checkLayer(new Multiply<number>(), [100, 2])
    expect(numbers.ok).toBe(true)
    expect(numbers.entries.map(({ name, shape }) => [name, shape])).toEqual([
      ['x', []],
      ['y', []],
    ])
    expect(checkLayer(new Multiply(), [normal([2, 3]), normal([2, 3], 8)]).ok).toBe(true)
    const three = {
      forward: (a: number, b: number, c: number) => a * b + c,
      backward: (dout: number) => [2 * dout, 3 * dout, dout],
    }
    expect(checkLayer(three, [3, 2, 1]).entries.map(({ name }) => name)).toEqual(['x0', 'x1', 'x2'])
  })

  it('finds the + written for × in the first listing of the chapter, and names it', () => {
    class Added extends Multiply<number> {
      override backward(dout: number): [number, number] {
        return [dout + (this.y as number), dout + (this.x as number)]
      }
    }
    const report = checkLayer(new Added(), [100, 2])
    expect(report.verdict).toBe('fail')
    expect(report.entries.map(({ cause }) => cause)).toEqual([
      'the gradient is dout + y: is + written for ×?',
      'the gradient is dout + x: is + written for ×?',
    ])
  })

  it('checks the gradient of the input, which the chapter does not', () => {
    const layer = new Dense(3, 4)
    const right = layer.backward.bind(layer)
    layer.backward = (dout) => scale(right(dout), 1.01)
    expect(checkLayer(layer, normal([5, 3])).entries.map(({ verdict }) => verdict)).toEqual([
      'fail',
      'pass',
      'pass',
    ])
  })

  it('does not use a dout of ones, for which a softmax with a gradient of zeros would pass', () => {
    const softmax = {
      y: tensor([0]),
      forward(x: Tensor): Tensor {
        const rows = x.toArray() as number[][]
        const e = rows.map((row) => row.map(Math.exp))
        this.y = tensor(e.map((row) => row.map((one) => one / row.reduce((a, b) => a + b))))
        return this.y
      },
      backward: (_dout: Tensor): Tensor => scale(normal([2, 3]), 0),
    }
    expect(checkLayer(softmax, normal([2, 3])).verdict).toBe('fail')
  })

  describe('at kinks', () => {
    const x = tensor([
      [0, 1, -1],
      [1e-9, -1e-13, 0],
    ])

    it('passes right code, counts the entries there and leaves them out of the errors', () => {
      const [entry] = checkLayer(relu(), x).entries
      expect(entry.verdict).toBe('pass')
      expect(entry.kinks).toBeGreaterThanOrEqual(2)
      expect(entry.meanAbsoluteDifference).toBeLessThan(1e-12)
    })

    it('passes any gradient between the one-sided derivatives, and none outside', () => {
      const withGradientAtZero = (atZero: number) =>
        new Elementwise(
          (v) => Math.max(0, v),
          (v) => (v > 0 ? 1 : v === 0 ? atZero : 0),
        )
      for (const atZero of [0, 0.5, 1]) expect(checkLayer(withGradientAtZero(atZero), x).verdict).toBe('pass')
      for (const atZero of [-0.1, 1.1]) expect(checkLayer(withGradientAtZero(atZero), x).verdict).toBe('fail')
    })

    it('accepts only one side with the option atKink', () => {
      const greaterOrEqual = new Elementwise(
        (v) => Math.max(0, v),
        (v) => (v >= 0 ? 1 : 0),
      )
      expect(checkLayer(relu(), x, { atKink: 'left' }).verdict).toBe('pass')
      expect(checkLayer(relu(), x, { atKink: 'right' }).verdict).toBe('fail')
      expect(checkLayer(greaterOrEqual, x, { atKink: 'left' }).verdict).toBe('fail')
      expect(checkLayer(greaterOrEqual, x, { atKink: 'right' }).verdict).toBe('pass')
    })

    it('does not accept the mean of both sides, which central differences give, for one of them', () => {
      const half = new Elementwise(
        (v) => Math.max(0, v),
        (v) => (v > 0 ? 1 : v === 0 ? 0.5 : 0),
      )
      for (const method of ['richardson', 'central'] as const) {
        expect(checkLayer(half, x, { atKink: 'left', method }).verdict).toBe('fail')
        expect(checkLayer(half, x, { atKink: 'right', method }).verdict).toBe('fail')
      }
    })

    it('fails a wrong gradient at a distance of 1e-9 from the kink', () => {
      const wrong = new Elementwise(
        (v) => Math.max(0, v),
        (v) => (v > 0 ? 1 : v > -1e-6 ? 0.5 : 0),
      )
      expect(checkLayer(wrong, tensor([[-1e-9, 1, -1]])).entries[0].wrong).toBe(1)
    })

    it('passes coincident kinks, where the chain rule gives neither one-sided derivative', () => {
      // A dense layer and a ReLU: both samples are exactly at 0 and move in opposite directions.
      const dense = new Dense(1, 1)
      dense.b.data[0] = 0
      dense.W.data[0] = 0
      const activation = relu()
      const both = {
        forward: (given: Tensor) => activation.forward(dense.forward(given)),
        backward: (dout: Tensor) => dense.backward(activation.backward(dout)),
        parameters: () => dense.parameters(),
      }
      for (let seed = 0; seed < 8; seed++) {
        expect(checkLayer(both, tensor([[1], [-1], [0.5]]), { seed }).verdict).toBe('pass')
      }
    })
  })

  describe('with options', () => {
    const x = normal([4, 3])

    it('passes right code by all three methods, and with a given step', () => {
      for (const method of ['central', 'five-point', 'richardson'] as const) {
        expect(checkLayer(tanh(), x, { method }).verdict).toBe('pass')
        expect(checkLayer(tanh(), x, { method, h: 1e-4 }).verdict).toBe('pass')
      }
    })

    it("applies PyTorch's rule with the option tolerance, also at kinks", () => {
      const tolerance = { rtol: 1e-3, atol: 1e-5 }
      const options = { method: 'central', h: 1e-6, tolerance } as const
      const percent = new Elementwise(Math.tanh, (v) => 1.0005 * (1 - Math.tanh(v) ** 2))
      expect(checkLayer(percent, x, options).verdict).toBe('pass')
      expect(checkLayer(percent, x).verdict).toBe('fail')
      // That rule fails right code at a kink.
      expect(checkLayer(relu(), tensor([[0, 1]]), options).verdict).toBe('fail')
      expect(checkLayer(relu(), tensor([[0, 1]])).verdict).toBe('pass')
    })

    it('compares as many samples as requested, distributed over all variables', () => {
      const report = checkLayer(new Dense(30, 40), normal([2, 30]), { mode: 'sampled', samples: 60 })
      expect(report.verdict).toBe('pass')
      expect(report.entries.map(({ mode }) => mode)).toEqual(['sampled', 'sampled', 'sampled'])
      const compared = report.entries.reduce((sum, entry) => sum + entry.compared, 0)
      expect(Math.abs(compared - 60)).toBeLessThan(5)
      expect(report.entries[0].analytic).toBeUndefined()
    })

    it('compares along directions, and every entry of a variable that disagrees', () => {
      const layer = new Dense(8, 6)
      const right = layer.backward.bind(layer)
      layer.backward = (dout) => {
        const dx = right(dout)
        layer.dW.data[7] *= 1.01
        return dx
      }
      const report = checkLayer(layer, normal([3, 8]), { mode: 'projected' })
      expect(report.entries.map(({ mode }) => mode)).toEqual(['projected', 'full', 'projected'])
      expect(report.entries[1].worst?.index).toEqual([1, 1])
      expect(report.notes.join()).toContain(
        'W disagreed along a random direction, so every entry was checked',
      )
    })

    it('reports its progress', () => {
      const seen: number[] = []
      checkLayer(new Dense(30, 40), normal([2, 30]), {
        method: 'central',
        onProgress: ({ done, total }) => seen.push(done / total),
      })
      expect(seen.length).toBeGreaterThan(1)
      expect(seen.at(-1)).toBe(1)
    })
  })

  describe('in float32', () => {
    const x = normal([4, 3]).astype('float32')

    it('uses a float64 copy if the layer makes one', () => {
      const layer = Object.assign(new Dense(3, 4), { astype: () => new Dense(3, 4) })
      const coarse = Object.assign(new Dense(3, 4), { astype: layer.astype })
      const single = { W: coarse.W.astype('float32'), b: coarse.b.astype('float32') }
      const report = checkLayer(Object.assign(coarse, single), x)
      expect([report.verdict, report.dtype, report.notes]).toEqual(['pass', 'float64', []])
    })

    it('passes float64 inputs to a layer without weights', () => {
      expect(checkLayer(tanh(), x).dtype).toBe('float64')
    })

    it('else checks in float32 and notes the precision', () => {
      const layer = new Dense(3, 4)
      const report = checkLayer(
        Object.assign(layer, { W: layer.W.astype('float32'), b: layer.b.astype('float32') }),
        x,
      )
      expect([report.verdict, report.dtype]).toEqual(['pass', 'float32'])
      expect(report.notes.join()).toMatch(/float32.*wrong by less than \de-\d of the largest may pass/)
    })
  })

  it('does not pass if the numerical errors are too large to tell', () => {
    const rng = createRng(1)
    let noise = 0
    const coarse = {
      forward: (x: Tensor) => {
        noise = (noise * 7 + 3) % 11
        return randomNormal(x.shape, { rng: createRng(noise), std: 1e-2 })
      },
      backward: (dout: Tensor) => scale(dout, 0),
    }
    expect(rng.uniform()).toBeLessThan(1)
    expect(checkLayer(coarse, normal([2, 2]), { properties: false }).verdict).not.toBe('pass')
    // A staircase of 1e-3: the derivative is 0 between the steps and 1 over many of them.
    const stairs = new Elementwise(
      (v) => Math.round(v * 1e3) / 1e3 + 1e-5 * Math.sin(1e7 * v),
      () => 1,
    )
    expect(checkLayer(stairs, normal([2, 2])).verdict).not.toBe('pass')
  })

  it('notes batches of one sample, and gradients that are 0 everywhere', () => {
    const notes = checkLayer(relu(), tensor([[-1, -2]])).notes.join('\n')
    expect(notes).toContain('x holds one sample')
    expect(notes).toContain('the gradient of x is 0 everywhere')
  })

  it('throws for a layer without methods, for invalid inputs and for invalid options', () => {
    expect(() => checkLayer({} as never, normal([2, 2]))).toThrow(/forward and backward/)
    expect(() => checkLayer(tanh(), 'x' as never)).toThrow(/must be a Tensor or a number.*not string/)
    expect(() => checkLayer(tanh(), [null] as never)).toThrow('not null')
    for (const options of [
      { method: 'forward' },
      { mode: 'some' },
      { atKink: 'top' },
      { h: 0 },
      { samples: -1 },
      { tolerance: { rtol: -1, atol: 0 } },
    ]) {
      expect(() => checkLayer(tanh(), ones([2, 2]), options as never)).toThrow(RangeError)
    }
  })

  it('passes an empty batch, of which nothing is compared', () => {
    const report = checkLayer(tanh(), tensor([]))
    expect([report.verdict, report.entries[0].compared, report.entries[0].worst]).toEqual([
      'pass',
      0,
      undefined,
    ])
  })

  it('notes a batch of one sample, with which batch normalisation cannot be checked', () => {
    // The book's check of batch normalisation: with one sample, every gradient before it is 0 on both sides.
    const centred = {
      forward: (x: Tensor) => sub(x, meanOf(x)),
      backward: (dout: Tensor) => mul(dout, ones(dout.shape)),
    }
    expect(checkLayer(centred, normal([1, 3])).notes.join()).toContain('x holds one sample')
    expect(checkLayer(centred, normal([4, 3])).verdict).toBe('fail')
  })
})

function meanOf(x: Tensor): Tensor {
  const rows = x.toArray() as number[][]
  return tensor([rows[0].map((_, c) => rows.reduce((sum, row) => sum + row[c], 0) / rows.length)])
}
