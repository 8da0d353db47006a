import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNpz, encodeSafetensors } from '@gosa/formats'
import { createRng, norm, tensor, zeros } from '@gosa/linalg'
import { MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import { areFinite, encodeModel, sizesOf, weightsOf } from '@gosa/training'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFits } from './check-fits.ts'
import { createModel, type Shape } from './create-model.ts'
import { fromWeights } from './from-weights.ts'
import { MODEL, readModel } from './model.ts'
import { weightsSha256 } from './weights-sha256.ts'

const form: Shape = { layers: [4, 3, 2], activation: 'relu' }
const small = () => createModel(form, { init: 0.5, rng: createRng(1), dtype: 'float32' })

describe('a new model', () => {
  it('has the weights that TwoLayerNet draws for itself', () => {
    const own = new TwoLayerNet({
      inputSize: 4,
      hiddenSize: 3,
      outputSize: 2,
      weightInitStd: 0.5,
      rng: createRng(1),
    })
    expect(weightsOf(small())).toEqual(weightsOf(own))
  })

  it("can have weights for ReLU by He's rule, each layer by its inputs", () => {
    const wide: Shape = { layers: [800, 200, 10], activation: 'relu' }
    const { W1, W2 } = weightsOf(createModel(wide, { init: 'he', rng: createRng(1), dtype: 'float64' }))
    const deviation = (x: typeof W1) => norm(x) / Math.sqrt(x.size)
    expect(deviation(W1)).toBeCloseTo(Math.sqrt(2 / 800), 3)
    expect(deviation(W2)).toBeCloseTo(Math.sqrt(2 / 200), 2)
  })

  it('is the book’s own class where it has the book’s form, and of any depth else', () => {
    const made = (layers: number[], activation: Shape['activation']) =>
      createModel({ layers, activation }, { init: 0.5, rng: createRng(1), dtype: 'float32' })
    expect(made([4, 3, 2], 'relu')).toBeInstanceOf(TwoLayerNet)
    expect(made([4, 3, 2], 'tanh')).toBeInstanceOf(MultiLayerNet)
    expect(made([4, 3, 3, 2], 'relu')).toBeInstanceOf(MultiLayerNet)
  })

  it('is put together again from its weights', () => {
    const deep = createModel(
      { layers: [4, 5, 3, 2], activation: 'tanh' },
      { init: 0.5, rng: createRng(1), dtype: 'float64' },
    )
    const weights = weightsOf(deep)
    expect(sizesOf(weights)).toEqual([4, 5, 3, 2])
    expect(weightsOf(fromWeights(weights, 'tanh'))).toEqual(weights)
  })
})

describe('the hash of weights', () => {
  it('is that of the bytes of W1 b1 W2 b2, little-endian', () => {
    const params = { W1: tensor([[1]]), b1: tensor([2]), W2: tensor([[3]]), b2: tensor([-4]) }
    const bytes = new DataView(new ArrayBuffer(16))
    for (const [i, value] of [1, 2, 3, -4].entries()) bytes.setFloat32(4 * i, value, true)
    const model = TwoLayerNet.fromParameters(params).astype('float32')
    expect(weightsSha256(weightsOf(model))).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('changes with a single bit', () => {
    const [one, other] = [small(), small()]
    expect(weightsSha256(weightsOf(one))).toBe(weightsSha256(weightsOf(other)))
    weightsOf(other).b2.data[0] = -0
    expect(weightsSha256(weightsOf(one))).not.toBe(weightsSha256(weightsOf(other)))
  })

  it('is asked only of weights that are numbers', () => {
    const model = small()
    expect(areFinite(weightsOf(model))).toBe(true)
    for (const wrong of [Number.NaN, Infinity]) {
      weightsOf(model).W2.data[3] = wrong
      expect(areFinite(weightsOf(model))).toBe(false)
    }
  })
})

describe('a model file', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gosa-model-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('gives back the weights, from itself or from the folder of its run', async () => {
    const file = join(folder, MODEL)
    writeFileSync(file, encodeModel(weightsOf(small()), 'relu', 5))
    for (const path of [file, folder]) {
      const read = await readModel(path)
      expect(read.file).toBe(file)
      expect(weightsOf(read.network)).toEqual(weightsOf(small()))
    }
  })

  it.each([
    ['that is not there', undefined, 'there is no such file'],
    ['that NumPy wrote', encodeNpz(weightsOf(small())), 'is an archive of NumPy: gosa-trainer import makes'],
    ['that is none', new Uint8Array(40), 'is no model: safetensors: '],
    [
      'of other tensors',
      encodeSafetensors({ weight: zeros([2]) }),
      'is no model: MultiLayerNet: tensors W1 and b1 are needed, not weight',
    ],
    [
      'whose tensors do not fit',
      encodeSafetensors({ ...weightsOf(small()), b1: zeros([9], { dtype: 'float32' }) }),
      'is no model: MultiLayerNet: W1 (4, 3), b1 (9), W2 (3, 2), b2 (2) do not fit: ',
    ],
  ])('%s is refused in words', async (_what, bytes, message) => {
    const file = join(folder, 'model')
    if (bytes) writeFileSync(file, bytes)
    await expect(readModel(file)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: 1,
    })
  })

  it('cannot be a folder without a model', async () => {
    await expect(readModel(folder)).rejects.toThrow(`${join(folder, MODEL)}: there is no such file`)
  })

  it('can be for other images than those at hand', () => {
    const data = { name: 'digits', height: 2, width: 2, classes: 2 }
    const model = { file: 'file', weights: weightsOf(small()) }
    checkFits(model, data)
    expect(() => checkFits(model, { ...data, width: 3 })).toThrow('takes images of 4 pixels')
    expect(() => checkFits(model, { ...data, classes: 3 })).toThrow('knows 2 classes, but digits has 3')
  })

  it('says what stands between its layers', async () => {
    const file = join(folder, 'tanh')
    const deep = createModel(
      { layers: [4, 3, 3, 2], activation: 'tanh' },
      { init: 'xavier', rng: createRng(1), dtype: 'float64' },
    )
    writeFileSync(file, encodeModel(weightsOf(deep), 'tanh', 5))
    const { activation, network } = await readModel(file)
    expect(activation).toBe('tanh')
    const x = tensor([[1, 2, 3, 4]])
    expect(network.predict(x).toArray()).toEqual(deep.predict(x).toArray())
    writeFileSync(file, encodeSafetensors(weightsOf(deep), { activation: 'magic' }))
    await expect(readModel(file)).rejects.toThrow('activation must be relu, sigmoid, tanh, not "magic"')
  })
})
