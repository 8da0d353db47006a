import { spawnSync } from 'node:child_process'
import {
  add,
  createRng,
  type DType,
  matmul,
  randomNormal,
  relu,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
  zeros,
} from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { encodeOnnx } from './index.ts'
import type { LayerData } from './onnx-operators.ts'

const PYTHON = '/usr/bin/python3'
const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0
if (!hasOnnx) console.log("left out (Python's onnx not found; install python3-onnx): ONNX's own checker")

const runtime = await import('onnxruntime-web').catch(() => undefined)
if (runtime) runtime.env.wasm.numThreads = 1
else console.log('left out (onnxruntime-web did not load): the logits that ONNX Runtime computes')

const ACTIVATIONS = { relu, sigmoid, tanh }
type ActivationName = keyof typeof ACTIVATIONS

/** Returns a network of random weights, and its logits computed by matrix products alone. */
function createNetwork(activation: ActivationName, sizes: readonly number[], dtype: DType) {
  const rng = createRng(2)
  const weights: Record<string, Tensor> = {}
  sizes.slice(1).forEach((size, i) => {
    weights[`W${i + 1}`] = randomNormal([sizes[i], size], { std: 0.5, rng, dtype })
    weights[`b${i + 1}`] = randomNormal([size], { std: 0.5, rng, dtype })
  })
  const depth = sizes.length - 1
  const predict = (x: Tensor) => {
    let y = x
    for (let i = 1; i <= depth; i++) {
      y = add(matmul(y, weights[`W${i}`]), weights[`b${i}`])
      if (i < depth) y = ACTIVATIONS[activation](y)
    }
    return y
  }
  return { weights, predict, bytes: encodeOnnx({ weights, activation }) }
}

/** The largest difference of two lists relative to the largest number. */
const relativeDifference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const largest = Math.max(...Array.from(b, Math.abs))
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]))) / largest
}

const cases = (Object.keys(ACTIVATIONS) as ActivationName[]).flatMap((activation) =>
  (['float32', 'float64'] as const).map((dtype) => [activation, dtype] as const),
)

describe('encodeOnnx', () => {
  it.skipIf(!runtime).each(cases)(
    'gives ONNX Runtime the same logits with %s in %s, for one image and for many',
    async (activation, dtype) => {
      const { predict, bytes } = createNetwork(activation, [20, 15, 12, 10], dtype)
      const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
      const session = await InferenceSession.create(bytes)
      expect([session.inputNames, session.outputNames]).toEqual([['images'], ['logits']])
      for (const N of [1, 7]) {
        const x = randomNormal([N, 20], { rng: createRng(N), dtype })
        const images = new Tensor(dtype, x.data as never, x.shape)
        const { logits } = await session.run({ images })
        expect(logits.dims).toEqual([N, 10])
        expect(relativeDifference(logits.data as Float32Array, predict(x).data)).toBeLessThan(1e-6)
      }
    },
  )

  it.skipIf(!runtime)('encodes a network of a single layer', async () => {
    const { predict, bytes } = createNetwork('relu', [4, 3], 'float32')
    const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
    const session = await InferenceSession.create(bytes)
    const x = randomNormal([2, 4], { rng: createRng(1), dtype: 'float32' })
    const { logits } = await session.run({ images: new Tensor('float32', x.data as Float32Array, x.shape) })
    expect(relativeDifference(logits.data as Float32Array, predict(x).data)).toBeLessThan(1e-6)
  })

  it.skipIf(!runtime)(
    'gives other logits for another activation, so that the checks above can fail',
    async () => {
      const { weights, predict } = createNetwork('sigmoid', [20, 15, 10], 'float32')
      const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
      const session = await InferenceSession.create(encodeOnnx({ weights, activation: 'tanh' }))
      const x = randomNormal([2, 20], { rng: createRng(1), dtype: 'float32' })
      const { logits } = await session.run({ images: new Tensor('float32', x.data as Float32Array, x.shape) })
      expect(relativeDifference(logits.data as Float32Array, predict(x).data)).toBeGreaterThan(1e-3)
    },
  )

  it.skipIf(!hasOnnx)(
    "passes ONNX's own checker, with shapes inferred, and states producer, opset and activation",
    () => {
      const program = `
import sys, onnx
model = onnx.load_model_from_string(sys.stdin.buffer.read())
onnx.checker.check_model(model, full_check=True)
print(model.producer_name, model.opset_import[0].version, model.metadata_props[0].value)
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True)
for value in [*inferred.graph.input, *inferred.graph.value_info, *inferred.graph.output]:
    print(value.name, [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim])`
      const { bytes } = createNetwork('tanh', [20, 300, 10], 'float32')
      const { stdout, stderr } = spawnSync(PYTHON, ['-c', program], { input: bytes, encoding: 'utf8' })
      expect(stderr).toBe('')
      expect(stdout.trim().split('\n')).toEqual([
        'gosa 13 tanh',
        "images ['N', 20]",
        "Affine1.output ['N', 300]",
        "Tanh1.output ['N', 300]",
        "logits ['N', 10]",
      ])
    },
  )

  it('returns the same bytes for the same weights', () => {
    const { bytes } = createNetwork('relu', [4, 3], 'float32')
    expect(createNetwork('relu', [4, 3], 'float32').bytes).toEqual(bytes)
  })

  it.skipIf(!runtime)('encodes layers of images by their descriptions', async () => {
    const bytes = encodeOnnx({
      inputShape: [1, 3, 3],
      layers: {
        Conv: { type: 'convolution', filters: 1, kernel: [2, 2] } as LayerData,
        Relu: { type: 'relu' },
        Dropout: { type: 'dropout', ratio: 0.5 } as LayerData,
        Pool: { type: 'maxPooling', size: 2 } as LayerData,
      },
      tensors: {
        filters: tensor(
          [
            [
              [
                [1, 0],
                [0, -1],
              ],
            ],
          ],
          { dtype: 'float32' },
        ),
        'Conv.b': tensor([0.5], { dtype: 'float32' }),
      },
      names: { 'Conv.W': 'filters' },
    })
    const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
    const session = await InferenceSession.create(bytes)
    const images = new Tensor('float32', Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 4), [1, 1, 3, 3])
    const { logits } = await session.run({ images })
    // The windows give 1 − 5, 2 − 6, 4 − 8 and 5 − 4, and b is ½.
    expect([logits.dims, [...(logits.data as Float32Array)]]).toEqual([[1, 1, 1, 1], [1.5]])
  })

  const conv = { type: 'convolution', filters: 1, kernel: 4 } as LayerData
  const tensors = { 'a.W': zeros([1, 1, 4, 4]), 'a.b': zeros([1]) }
  it.each([
    [
      { a: { type: 'lstm' } },
      {},
      'layer a has the type "lstm", which is not encoded; types are affine, convolution',
    ],
    [{ a: conv }, {}, 'layer a (convolution) needs the tensor a.W, but it is missing'],
    [
      { a: conv },
      tensors,
      'layer a (convolution) does not take samples of the shape before it, or lacks options: its output would be (1, 0, 0)',
    ],
  ])('refuses layers that cannot be encoded: %j', (layers, given, message) => {
    const network = { inputShape: [1, 3, 3], layers: layers as never, tensors: given as never }
    expect(() => encodeOnnx(network)).toThrow(`encodeOnnx: ${message}`)
  })

  it('refuses what is no shape, and what is no tensor', () => {
    expect(() => encodeOnnx({ inputShape: [0], layers: {}, tensors: {} })).toThrow(
      'encodeOnnx: inputShape must be integers of at least 1',
    )
    expect(() => encodeOnnx({ inputShape: [1], layers: {}, tensors: { W: [1] as never } })).toThrow(TypeError)
  })
})
