import { createRng, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  AdaGrad,
  Adam,
  AdamW,
  Momentum,
  Nesterov,
  type Optimizer,
  type OptimizerState,
  RMSprop,
  SGD,
} from './index.ts'
import { parameter, takeSteps } from './steps.testing.ts'

type Options = Record<string, number>
const optimizers: [string, (options?: Options) => Optimizer][] = [
  ['SGD', (options) => new SGD(options)],
  ['Momentum', (options) => new Momentum(options)],
  ['Nesterov', (options) => new Nesterov(options)],
  ['AdaGrad', (options) => new AdaGrad(options)],
  ['RMSprop', (options) => new RMSprop(options)],
  ['Adam', (options) => new Adam(options)],
  ['AdamW', (options) => new AdamW(options)],
]

/** Two parameters, a matrix and a vector, with new random gradients at each call. */
function model(seed: number) {
  const rng = createRng(seed)
  const values = { W: randomNormal([3, 2], { rng }), b: randomNormal([2], { rng }) }
  const parameters = () =>
    Object.entries(values).map(([name, value]) => ({ name, value, grad: randomNormal(value.shape, { rng }) }))
  return { values, parameters, bits: () => [values.W.data.slice(), values.b.data.slice()] }
}

describe.each(optimizers)('%s', (name, make) => {
  it('writes into the given values in place, and into nothing else', () => {
    const { values, parameters, bits } = model(1)
    const [given, before] = [parameters(), bits()]
    const grads = given.map(({ grad }) => grad.data.slice())
    make().step(given)
    for (const { name, value } of given) expect(value).toBe(values[name as 'W' | 'b'])
    for (const [i, data] of bits().entries()) expect(data).not.toEqual(before[i])
    expect(given.map(({ grad }) => grad.data)).toEqual(grads)
  })

  it('descends: f = w² is smaller after 100 steps', () => {
    const optimizer = make({ learningRate: 0.01 })
    let w = 3
    for (let i = 0; i < 100; i++) w = takeSteps(optimizer, [w], [[2 * w]])[0].at(0)
    expect(w ** 2).toBeLessThan(9 * 0.9)
  })

  it('updates elements independently: a tensor moves as its elements do one by one', () => {
    const gradients = [
      [0.5, -3, 0],
      [-1, 2, 4],
    ]
    const together = takeSteps(make(), [1, 2, 3], gradients)
    for (const i of [0, 1, 2]) {
      const alone = takeSteps(
        make(),
        [i + 1],
        gradients.map((g) => [g[i]]),
      )
      expect(together.map((w) => w.at(i))).toEqual(alone.map((w) => w.at(0)))
    }
  })

  it('continues from a saved state to the bit, also if the saved optimizer has moved on', () => {
    const [straight, stopped] = [model(2), model(2)]
    const [first, other] = [make(), make()]
    for (let i = 0; i < 5; i++) first.step(straight.parameters())
    for (let i = 0; i < 2; i++) other.step(stopped.parameters())
    const saved = other.state()
    other.step(model(3).parameters())
    const resumed = make()
    resumed.load(saved)
    for (let i = 0; i < 3; i++) resumed.step(stopped.parameters())
    expect(stopped.bits()).toEqual(straight.bits())
  })

  it('does not change the state that it is loaded from', () => {
    const source = make()
    source.step(model(4).parameters())
    const saved = source.state()
    const tensors = Object.values(saved.slots).flatMap((slot): Tensor[] => Object.values(slot))
    const before = tensors.map((x) => x.data.slice())
    const optimizer = make()
    optimizer.load(saved)
    optimizer.step(model(4).parameters())
    expect(tensors.map((x) => x.data)).toEqual(before)
    expect(saved.steps).toBe(1)
  })

  it("throws for another optimizer's state, and for anything else, and keeps its own", () => {
    const optimizer = make()
    optimizer.step(model(5).parameters())
    const own = optimizer.state()
    const stranger = name === 'SGD' ? new Adam().state() : new SGD().state()
    expect(() => optimizer.load(stranger)).toThrow(`${name}.load: this is the state of ${stranger.optimizer}`)
    expect(() => optimizer.load(null as never)).toThrow(`${name}.load: this is the state of no optimizer`)
    for (const steps of [-1, 0.5, Number.NaN, '3']) {
      expect(() => optimizer.load({ ...own, steps } as OptimizerState)).toThrow(TypeError)
    }
    if (name !== 'SGD') expect(() => optimizer.load({ ...own, slots: {} })).toThrow(TypeError)
    expect(optimizer.state().steps).toBe(1)
  })

  it('uses a learning rate that is changed between steps, as by a schedule', () => {
    const optimizer = make({ learningRate: 0.1 })
    const { value } = parameter('w', [1], [1])
    optimizer.step([{ name: 'w', value, grad: tensor([1]) }])
    const before = value.at(0)
    optimizer.learningRate = 0
    optimizer.step([{ name: 'w', value, grad: tensor([1]) }])
    if (name === 'Momentum' || name === 'Nesterov') expect(value.at(0)).not.toBe(before)
    else expect(value.at(0)).toBe(before)
  })

  it('throws for a learning rate that is not a number of at least 0, naming it', () => {
    for (const [learningRate, shown] of [
      [-0.1, '-0.1'],
      [Number.NaN, 'NaN'],
      [Infinity, 'Infinity'],
      ['0.1' as never, '"0.1"'],
    ] as const) {
      expect(() => make({ learningRate })).toThrow(
        `${name}: learningRate must be a number of at least 0, not ${shown}`,
      )
    }
  })

  it('throws for an option that does not exist, and for a learning rate without its name', () => {
    expect(() => make({ lr: 0.1 })).toThrow(
      new TypeError(`${name}: there is no option lr; did you mean learningRate?`),
    )
    expect(() => make(0.1 as never)).toThrow(
      new RegExp(`^${name}: options must be .*learningRate.*, not 0.1`),
    )
  })

  it('throws for what are no parameters', () => {
    const step = (parameters: unknown) => () => make().step(parameters as never)
    expect(step({ W: 1 })).toThrow(
      new TypeError(`${name}.step: parameters must be an array such as network.parameters(), not an object`),
    )
    expect(step([tensor([1])])).toThrow(
      new TypeError(`${name}.step: a parameter is { name, value, grad } with two tensors, not a tensor`),
    )
  })

  it('throws for a gradient of another shape or dtype, and for repeated names, before it writes anything', () => {
    const optimizer = make()
    const good = parameter('b', [1, 2], [1, 1])
    const step =
      (...parameters: ReturnType<typeof parameter>[]) =>
      () =>
        optimizer.step(parameters)
    expect(step(good, parameter('W', [1, 2, 3], [1, 1]))).toThrow(
      `${name}: W is (3) float64, but its gradient is (2) float64`,
    )
    expect(step(good, { ...good, name: 'W', grad: good.grad.astype('float32') })).toThrow(
      `${name}: W is (2) float64, but its gradient is (2) float32`,
    )
    expect(step(good, good)).toThrow(`${name}: two parameters are called b; names must differ`)
    expect(good.value.toArray()).toEqual([1, 2])
    expect(optimizer.state().steps).toBe(0)
  })

  it('passes on the error of a parameter without a gradient, before it writes anything', () => {
    const good = parameter('b', [1, 2], [1, 1])
    const early = {
      name: 'W',
      value: tensor([1]),
      get grad(): Tensor {
        throw new Error('backward first')
      },
    }
    expect(() => make().step([good, early])).toThrow('backward first')
    expect(good.value.toArray()).toEqual([1, 2])
  })

  it('passes NaN in a gradient to its weight only', () => {
    expect([...takeSteps(make(), [1, 1], [[Number.NaN, 0]])[0].data].map(Number.isNaN)).toEqual([true, false])
  })

  it('takes in float32 the steps of float64, except for rounding', () => {
    const gradients = [[1], [-0.3]]
    const singles = takeSteps(make({ learningRate: 0.1 }), [3], gradients, 'float32')
    const doubles = takeSteps(make({ learningRate: 0.1 }), [3], gradients)
    for (const [i, w] of singles.entries()) {
      expect(w.dtype).toBe('float32')
      expect(Math.abs(w.at(0) - doubles[i].at(0))).toBeLessThan(1e-6)
    }
  })
})

describe('The default settings', () => {
  it("are those of the book's common/optimizer.py, and for AdamW those of PyTorch", () => {
    const { learningRate } = new SGD()
    expect(learningRate).toBe(0.01)
    expect(new Momentum()).toMatchObject({ learningRate: 0.01, momentum: 0.9 })
    expect(new Nesterov()).toMatchObject({ learningRate: 0.01, momentum: 0.9 })
    expect(new AdaGrad()).toMatchObject({ learningRate: 0.01, epsilon: 1e-7 })
    expect(new RMSprop()).toMatchObject({ learningRate: 0.01, decayRate: 0.99, epsilon: 1e-7 })
    expect(new Adam()).toMatchObject({ learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 })
    expect(new AdamW()).toMatchObject({
      learningRate: 0.001,
      weightDecay: 0.01,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    })
  })
})

describe('The settings', () => {
  it('throw out of range: a momentum or β of 1 would never decay', () => {
    expect(() => new Momentum({ momentum: 1 })).toThrow('Momentum: momentum must be from 0 to below 1, not 1')
    expect(() => new Nesterov({ momentum: -0.1 })).toThrow(RangeError)
    expect(() => new RMSprop({ decayRate: 1 })).toThrow(/RMSprop: decayRate/)
    expect(() => new Adam({ beta1: 1 })).toThrow(/Adam: beta1/)
    expect(() => new Adam({ beta2: 1.5 })).toThrow(/Adam: beta2/)
    expect(() => new AdamW({ beta1: Number.NaN })).toThrow(/AdamW: beta1/)
    expect(() => new AdamW({ weightDecay: -1 })).toThrow(/AdamW: weightDecay/)
    expect(() => new AdaGrad({ epsilon: -1e-7 })).toThrow(/AdaGrad: epsilon/)
  })
})

describe('The state of an optimizer', () => {
  it('is stored under the names of the parameters, and returned by state', () => {
    const momentum = new Momentum({ learningRate: 0.5 })
    momentum.step([parameter('W1', [1, 1], [2, 4])])
    const { optimizer, steps, slots } = momentum.state()
    expect([optimizer, steps]).toEqual(['Momentum', 1])
    expect(slots.velocity.W1.toArray()).toEqual([-1, -2])
  })

  it('must fit the parameter of that name: another network needs another optimizer', () => {
    const momentum = new Momentum()
    momentum.step([parameter('W', [1, 1], [2, 4])])
    expect(() => momentum.step([parameter('W', [1, 1, 1], [2, 4, 6])])).toThrow(
      'Momentum: the velocity of W is (2) float64, but W is now (3) float64; use a new optimizer for a new network',
    )
    expect(() => momentum.step([parameter('W', [1, 1], [2, 4], 'float32')])).toThrow(RangeError)
    const transposed = { name: 'W', value: tensor([[1, 1]]), grad: tensor([[1, 1]]) }
    expect(() => momentum.step([transposed])).toThrow(/now \(1, 2\)/)
  })

  it('throws on load if tensors are missing', () => {
    const state = { optimizer: 'Momentum', steps: 1, slots: { velocity: { W: [1, 2] } } }
    expect(() => new Momentum().load(state as never)).toThrow(
      'Momentum.load: a state holds the number of steps and a tensor for each parameter',
    )
  })
})

describe("The book's comparison, f = x²/20 + y² from (−7, 2), 30 steps", () => {
  // The book's section 6.1.7 with its learning rates; end points by the book's update formulas in NumPy 2.4.6.
  it.each([
    ['SGD', new SGD({ learningRate: 0.95 }), [-0.3503929957523197, 0.0847823165504322]],
    ['Momentum', new Momentum({ learningRate: 0.1 }), [0.896413858493733, 0.08808560171506971]],
    ['AdaGrad', new AdaGrad({ learningRate: 1.5 }), [-0.12016232231416045, 2.486389893984459e-17]],
    ['Adam', new Adam({ learningRate: 0.3 }), [0.13600685239498173, 0.3182453755372193]],
  ] as const)('ends with %s where NumPy ends', (_, optimizer, expected) => {
    let w = [-7, 2]
    for (let i = 0; i < 30; i++) w = [...takeSteps(optimizer, w, [[w[0] / 10, 2 * w[1]]])[0].data]
    expect(w[0]).toBeCloseTo(expected[0], 12)
    expect(w[1]).toBeCloseTo(expected[1], 12)
  })
})
