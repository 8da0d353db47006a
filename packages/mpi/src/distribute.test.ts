import { Affine, BatchNormalization, Dropout, Relu } from '@gosa/layers'
import { createRng, randomNormal, type Tensor } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { Network, TwoLayerNet } from '@gosa/networks'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Group, NumberArray } from './index.ts'
import { distribute } from './index.ts'
import { bundle, launchers, mpiexec, type Program } from './mpiexec.testing.ts'
import { partsPerSubtree, treeSum } from './tree-sum.ts'

const alone: Group = {
  rank: 0,
  size: 1,
  library: '',
  allGather<A extends NumberArray>(values: A, out?: A): A {
    out?.set(values)
    return out ?? values
  },
  broadcast: () => undefined,
  barrier: () => undefined,
  abort: () => {
    throw new Error('aborted')
  },
  close: () => undefined,
}

const batch = (rows: number) => ({
  x: randomNormal([rows, 6], { rng: createRng(rows) }),
  t: Uint8Array.from({ length: rows }, (_, i) => (i * i) % 3),
})

const gradients = (model: { parameters(): readonly { readonly grad: Tensor }[] }) =>
  model.parameters().map(({ grad }) => grad.toArray())

describe('treeSum', () => {
  it('has the same bits whether one computes all or several compute subtrees', () => {
    const parts = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 5 }), (numbers, processes) => {
        const arrays = () => numbers.map((number) => Float64Array.of(number))
        const count = Math.ceil(numbers.length / processes)
        const size = partsPerSubtree(count)
        const own = arrays()
        const subtrees = Array.from({ length: Math.ceil(numbers.length / size) }, (_, i) =>
          treeSum(own.slice(i * size, (i + 1) * size)),
        )
        expect(treeSum(subtrees)).toEqual(treeSum(arrays()))
      }),
    )
  })

  it('adds neighbours first', () => {
    // 1 + ulp/2 rounds to 1, so that the order shows.
    const half = Number.EPSILON / 2
    expect(treeSum([half, half, 1].map((number) => Float64Array.of(number)))[0]).toBe(1 + Number.EPSILON)
    expect(treeSum([1, half, half].map((number) => Float64Array.of(number)))[0]).toBe(1)
  })
})

describe('distribute, in one process', () => {
  const network = () => new TwoLayerNet({ inputSize: 6, hiddenSize: 5, outputSize: 3, rng: createRng(1) })

  it('gives the bits of the model alone with one shard', () => {
    const { x, t } = batch(10)
    const [model, own] = [network(), network()]
    const distributed = distribute(model, alone, { shards: 1 })
    expect(distributed.lossAndGradient(x, t).loss).toBe(own.lossAndGradient(x, t).loss)
    expect(gradients(distributed)).toEqual(gradients(own))
  })

  it('agrees with the model alone for any number of shards and rows, more shards than rows included', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 20 }), (shards, rows) => {
        const { x, t } = batch(rows)
        const own = network().astype('float64')
        const distributed = distribute(network().astype('float64'), alone, { shards })
        const input = x.astype('float64')
        expect(distributed.lossAndGradient(input, t).loss).toBeCloseTo(own.lossAndGradient(input, t).loss, 12)
        distributed.parameters().forEach(({ grad }, i) => {
          const expected = [...own.parameters()[i].grad.data].map((value) => expect.closeTo(value, 12))
          expect([...grad.data]).toEqual(expected)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('takes means of running statistics over the shards', () => {
    const create = () =>
      new Network({
        layers: [
          Affine.init(6, 4, { rng: createRng(2) }),
          BatchNormalization.init(4),
          Affine.init(4, 3, { rng: createRng(3) }),
        ],
        loss: new SoftmaxWithLoss(),
      })
    const { x, t } = batch(8)
    const halves = [0, 4].map((start) => {
      const half = create()
      half.lossAndGradient(x.rows(start, start + 4), t.subarray(start, start + 4))
      return half.buffers().map(({ value }) => [...value.data])
    })
    const model = create()
    distribute(model, alone, { shards: 2 }).lossAndGradient(x, t)
    model.buffers().forEach(({ value }, i) => {
      expect([...value.data]).toEqual(
        halves[0][i].map((a, j) => expect.closeTo((a + halves[1][i][j]) / 2, 6)),
      )
    })
  })

  it('draws other masks for each shard and step, and the same ones from the same state', () => {
    const seen: string[] = []
    const dropout = new Dropout({ ratio: 0.5, rng: createRng(4) })
    const forward = dropout.forward.bind(dropout)
    dropout.forward = (x, options) => {
      const y = forward(x, options)
      seen.push([...y.data].map((value) => (value === 0 ? 0 : 1)).join(''))
      return y
    }
    const model = new Network({
      layers: [Affine.init(6, 16, { rng: createRng(2) }), dropout, Affine.init(16, 3, { rng: createRng(3) })],
      loss: new SoftmaxWithLoss(),
    })
    const { x, t } = batch(8)
    const distributed = distribute(model, alone, { shards: 4 })
    const { randomState } = distributed
    for (let step = 0; step < 3; step++) distributed.lossAndGradient(x, t)
    expect(new Set(seen).size).toBe(12)
    distributed.randomState = randomState
    distributed.lossAndGradient(x, t)
    expect(seen.slice(12)).toEqual(seen.slice(0, 4))
  })

  it('predicts, and computes the loss of any samples, as the model does', () => {
    const { x, t } = batch(10)
    const model = network()
    const distributed = distribute(model, alone)
    expect(distributed.predict?.(x).toArray()).toEqual(model.predict(x).toArray())
    expect(distributed.loss?.(x, t)).toBe(model.loss(x, t))
  })

  it('throws before the first gradient, for too few shards, and for what is no model', () => {
    expect(() => distribute(network(), alone).parameters()[0].grad).toThrow(
      'distribute: W1 has no gradient before the first lossAndGradient',
    )
    expect(() => distribute(network(), { ...alone, size: 9 })).toThrow(
      'distribute: shards must be an integer of at least the number of processes, 9, not 8',
    )
    expect(() => distribute(new Relu() as never, alone)).toThrow(
      'distribute: model must have lossAndGradient(x, t) and parameters(), as a Network has, not an object',
    )
  })
})

describe.each(launchers)('distribute, under $name', (launcher) => {
  let program: Program
  beforeAll(async () => {
    program = await bundle(`
      import { createHash } from 'node:crypto'
      import { Affine, BatchNormalization, Dropout, Relu } from '@gosa/layers'
      import { createRng } from '@gosa/linalg'
      import { SoftmaxWithLoss } from '@gosa/losses'
      import { syntheticDigits } from '@gosa/datasets'
      import { Network } from '@gosa/networks'
      import { fit } from '@gosa/training'
      import { connect, distribute } from './index.ts'

      const group = connect()
      const train = syntheticDigits({ count: 300, seed: 1 })
      // Each process begins with other weights: those of the first must win.
      const rng = createRng(group.rank)
      const network = new Network({
        layers: [
          Affine.init(784, 20, { rng }), BatchNormalization.init(20), new Relu(),
          new Dropout({ ratio: 0.3, rng: createRng(9) }), Affine.init(20, 10, { rng }),
        ],
        loss: new SoftmaxWithLoss(),
      })
      const model = distribute(network, group, { shards: Number(process.argv[2]) })
      await fit(model, train, { epochs: 2, batchSize: 64, seed: 5, optimizer: 'adam' })
      const hash = createHash('sha256')
      for (const { value } of [...network.parameters(), ...network.buffers()]) hash.update(value.data)
      console.log(hash.digest('hex'))
      group.close()
    `)
  })
  afterAll(() => program.remove())

  it('trains to the same bits in 1, 2, 3 and 4 processes', async () => {
    const hashes = new Set<string>()
    for (const size of [1, 2, 3, 4]) {
      const { code, lines, errors } = await mpiexec(launcher, size, program, ['8'])
      expect({ code, count: lines.length }, errors).toEqual({ code: 0, count: size })
      for (const line of lines) hashes.add(line)
    }
    expect(hashes.size).toBe(1)
    // Other shards are another sum: the comparison can fail.
    const { lines } = await mpiexec(launcher, 2, program, ['4'])
    expect(hashes).not.toContain(lines[0])
  })
})
