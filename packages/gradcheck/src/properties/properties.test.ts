import { add, concat, ones, scale, sum, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { type CheckOptions, checkLayer, type LayerLike } from '../index.ts'
import { Dense, Elementwise, normal, tanh } from '../layers.testing.ts'

const x = normal([4, 3])

const namesOf = (layer: LayerLike | (() => LayerLike), options?: CheckOptions, at: Tensor = x): string[] => [
  ...new Set(checkLayer(layer, at, options).findings.map(({ name }) => name)),
]

const messageOf = (layer: LayerLike, name: string, at = x): string | undefined =>
  checkLayer(layer, at).findings.find((finding) => finding.name === name)?.message

/** A dense layer with some methods replaced. */
function dense(change: (layer: Dense) => Partial<Dense>): Dense {
  const layer = new Dense(3, 4)
  return Object.assign(layer, change(layer))
}

describe('property checks', () => {
  it('find a backward that writes into dout, as the ReLU of the book does', () => {
    class Masking extends Elementwise {
      override backward(dout: Tensor): Tensor {
        const x = this.x as Tensor
        for (let i = 0; i < dout.size; i++) if (x.data[i] <= 0) dout.data[i] = 0
        return dout
      }
    }
    const layer = new Masking(
      (v) => Math.max(0, v),
      () => 0,
    )
    const report = checkLayer(layer, x)
    expect(report.entries[0].verdict).toBe('pass')
    expect(report.findings).toEqual([
      {
        name: 'dout-mutated',
        variable: 'dout',
        message: expect.stringMatching(/^backward wrote into an argument: dout \(\d, \d\) was .* and is 0$/),
      },
    ])
  })

  it('find a forward that writes into x, and a backward that writes into a weight', () => {
    const writing = new Elementwise(Math.tanh, (v) => 1 - Math.tanh(v) ** 2)
    const forward = writing.forward.bind(writing)
    writing.forward = (given) => {
      const y = forward(given.clone())
      given.data[2] = 9
      return y
    }
    expect(namesOf(writing)).toContain('input-mutated')
    const moving = dense((layer) => {
      const backward = layer.backward.bind(layer)
      return {
        backward(dout: Tensor) {
          const dx = backward(dout)
          layer.W.data[1] -= 0.1
          return dx
        },
      }
    })
    expect(messageOf(moving, 'parameter-mutated')).toMatch(/^backward wrote into .* W \(0, 1\) was/)
  })

  it('find a forward that is not deterministic, and say how to make it so', () => {
    let passes = 0
    const random = {
      forward: (given: Tensor) => scale(given, (++passes * 37) % 5),
      backward: (dout: Tensor) => scale(dout, (passes * 37) % 5),
    }
    expect(namesOf(random)).toEqual(['not-repeatable'])
    expect(messageOf(random, 'not-repeatable')).toContain('pass reseed')
    expect(namesOf(random, { reseed: () => (passes = 1) })).toEqual([])
  })

  it('pass the option train on to forward', () => {
    const seen: unknown[] = []
    const layer = {
      forward(given: Tensor, options?: { train?: boolean }) {
        seen.push(options?.train)
        return scale(given, options?.train ? 2 : 1)
      },
      backward: (dout: Tensor) => scale(dout, 2),
    }
    expect(checkLayer(layer, x, { train: true }).verdict).toBe('pass')
    expect(new Set(seen)).toEqual(new Set([true]))
    expect(checkLayer(layer, x, { train: false }).verdict).toBe('fail')
  })

  it('find a backward that is not linear in dout, and one that does not return zeros for zeros', () => {
    const bent = Object.assign(tanh(), {
      backward: (dout: Tensor) => add(scale(dout, 2), 1),
      forward: (given: Tensor) => scale(given, 2),
    })
    expect(namesOf(bent)).toEqual(['not-linear', 'zero-dout'])
    expect(messageOf(bent, 'zero-dout')).toContain('x (0, 0)')
  })

  it('find a backward that is right for one dout only', () => {
    let kept: Tensor | undefined
    const layer = tanh()
    const backward = layer.backward.bind(layer)
    layer.backward = (dout) => {
      // Other passes than those that are compared have other sizes of dout.
      if (dout.data.every((d) => Math.abs(Math.abs(d) - 1) <= 0.5 && d !== 1)) kept ??= dout.clone()
      const first = dout.data.every((d, i) => Math.abs(d) === Math.abs(kept?.data[i] ?? Number.NaN))
      return scale(backward(dout), first ? 1 : 1.5)
    }
    expect(namesOf(layer)).toContain('wrong-for-another-dout')
  })

  it('find a layer that uses the dout of its first pass forever', () => {
    const layer = tanh()
    const backward = layer.backward.bind(layer)
    let kept: Tensor | undefined
    layer.backward = (dout) => backward((kept ??= dout.clone()))
    expect(namesOf(layer)).toContain('dout-ignored')
  })

  it('find gradients that accumulate, unless the option accumulates is set, and the reverse', () => {
    const adding = dense((layer) => ({
      backward(dout: Tensor) {
        layer.dW = add(layer.dW, new Dense(3, 4).forward(x) && outer(layer.x as Tensor, dout))
        layer.db = add(layer.db, sum(dout, { axis: 0 }))
        return new Dense(3, 4).backward.call(layerWithoutWeights(layer), dout)
      },
    }))
    expect(namesOf(adding)).toContain('accumulated')
    expect(checkLayer(adding, x, { accumulates: true }).verdict).toBe('pass')
    expect(namesOf(new Dense(3, 4), { accumulates: true })).toEqual(['not-accumulated'])
  })

  it('find a batch that differs from its rows one by one, with the option independent', () => {
    expect(namesOf(new Dense(3, 4), { independent: true })).toEqual([])
    const mixing = {
      forward: (given: Tensor) => add(given, concat([given.rows(1, given.shape[0]), given.rows(0, 1)])),
      backward: (dout: Tensor) =>
        add(dout, concat([dout.rows(dout.shape[0] - 1, dout.shape[0]), dout.rows(0, dout.shape[0] - 1)])),
    }
    expect(namesOf(mixing)).toEqual([])
    expect(namesOf(mixing, { independent: true })).toEqual(['not-independent'])
  })

  it('find gradients that are missing, or of the wrong shape or dtype', () => {
    expect(namesOf({ ...wrap(tanh()), backward: () => undefined })).toEqual(['missing-gradient'])
    const flat = wrap(tanh())
    expect(namesOf({ ...flat, backward: (dout: Tensor) => flat.backward(dout).reshape([3, 4]) })).toEqual([
      'wrong-shape',
    ])
    expect(
      messageOf(
        { ...flat, backward: (dout: Tensor) => sum(flat.backward(dout), { axis: 0 }) },
        'wrong-shape',
      ),
    ).toBe('the gradient of x has shape (3), x itself (4, 3)')
    const single = dense((layer) => {
      const backward = layer.backward.bind(layer)
      return {
        backward(dout: Tensor) {
          const dx = backward(dout)
          layer.db = layer.db.astype('float32')
          return dx
        },
      }
    })
    expect(namesOf(single)).toEqual(['wrong-dtype'])
  })

  it('find the first value that is not finite', () => {
    const log = new Elementwise(Math.log, (v) => 1 / v)
    const report = checkLayer(
      log,
      tensor([
        [1, -2],
        [3, 0],
      ]),
    )
    expect(report.findings).toEqual([
      {
        name: 'not-finite',
        variable: 'output',
        index: [0, 1],
        message: 'output (0, 1) is NaN, and 1 more are not finite',
      },
      { name: 'not-finite', variable: 'gradient of x', index: [1, 1], message: expect.any(String) },
    ])
    expect([report.verdict, report.entries]).toEqual(['fail', []])
    expect(namesOf(tanh(), {}, tensor([[1, Number.NaN]]))).toEqual(['not-finite'])
  })

  it('find a backward that returns before any forward, if a new layer can be made', () => {
    expect(namesOf(tanh)).toEqual([])
    expect(namesOf(() => Object.assign(wrap(tanh()), { backward: (dout: Tensor) => dout }))).toContain(
      'backward-before-forward',
    )
  })

  it('do not run with the option properties: false', () => {
    const flat = wrap(tanh())
    expect(
      namesOf(
        { ...flat, backward: (dout: Tensor) => flat.backward(dout).reshape([3, 4]) },
        { properties: false },
      ),
    ).toEqual([])
  })
})

const wrap = (layer: Elementwise) => ({
  forward: (given: Tensor) => layer.forward(given),
  backward: (dout: Tensor) => layer.backward(dout),
})

/** `xᵀ·dout`, by a temporary dense layer. */
function outer(given: Tensor, dout: Tensor): Tensor {
  const layer = new Dense(3, 4)
  layer.forward(given)
  layer.backward(dout)
  return layer.dW
}

/** A copy of a dense layer that `Dense.backward` can write its gradients into. */
const layerWithoutWeights = ({ x: given, W, b }: Dense): Dense =>
  Object.assign(new Dense(3, 4), { x: given, W, b, dW: ones([3, 4]), db: ones([4]) })
