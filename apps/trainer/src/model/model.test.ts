import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRng, norm, tensor, zeros } from '@gosa/linalg'
import { decodeSafetensors, encodeSafetensors, TwoLayerNet } from '@gosa/networks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkFits } from './check-fits.ts'
import { createModel } from './create-model.ts'
import { encodeAs } from './formats.ts'
import { encodeModel, MODEL, readModel } from './model-file.ts'
import { areFinite, weightsOf, weightsSha256 } from './weights.ts'

const size = { inputs: 4, hidden: 3, classes: 2 }
const small = () => createModel(size, { init: 0.5, rng: createRng(1), dtype: 'float32' })

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
    const wide = { inputs: 800, hidden: 200, classes: 10 }
    const { W1, W2 } = createModel(wide, { init: 'he', rng: createRng(1), dtype: 'float64' }).params
    const deviation = (x: typeof W1) => norm(x) / Math.sqrt(x.size)
    expect(deviation(W1)).toBeCloseTo(Math.sqrt(2 / 800), 3)
    expect(deviation(W2)).toBeCloseTo(Math.sqrt(2 / 200), 2)
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
    other.params.b2.data[0] = -0
    expect(weightsSha256(weightsOf(one))).not.toBe(weightsSha256(weightsOf(other)))
  })

  it('is asked only of weights that are numbers', () => {
    const model = small()
    expect(areFinite(weightsOf(model))).toBe(true)
    for (const wrong of [Number.NaN, Infinity]) {
      model.params.W2.data[3] = wrong
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
    writeFileSync(file, encodeModel(weightsOf(small()), 5))
    for (const path of [file, folder]) {
      const read = await readModel(path)
      expect(read.file).toBe(file)
      expect(weightsOf(read.model)).toEqual(weightsOf(small()))
    }
  })

  it.each([
    ['that is not there', undefined, 'there is no such file'],
    ['that is none', new Uint8Array(40), 'is no model: safetensors: '],
    [
      'of other tensors',
      encodeSafetensors({ weight: zeros([2]) }),
      'is no model: TwoLayerNet: W1, b1, W2, b2 must be',
    ],
    [
      'whose tensors do not fit',
      encodeSafetensors({ ...small().params, b1: zeros([9], { dtype: 'float32' }) }),
      'is no model: TwoLayerNet: ',
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
    checkFits(small(), data, 'file')
    expect(() => checkFits(small(), { ...data, width: 3 }, 'file')).toThrow('takes images of 4 pixels')
    expect(() => checkFits(small(), { ...data, classes: 3 }, 'file')).toThrow(
      'knows 2 classes, but digits has 3',
    )
  })
})

describe('exports', () => {
  it('hold the weights as JSON or as safetensors', () => {
    const weights = { W1: tensor([[1, 2]]), b1: tensor([0.5], { dtype: 'float32' }) }
    expect(JSON.parse(encodeAs('json', weights) as string)).toEqual({
      W1: { dtype: 'float64', shape: [1, 2], data: [1, 2] },
      b1: { dtype: 'float32', shape: [1], data: [0.5] },
    })
    expect(decodeSafetensors(encodeAs('safetensors', weights) as Uint8Array).tensors).toEqual(weights)
  })
})
