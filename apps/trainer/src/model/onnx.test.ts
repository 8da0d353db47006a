import { spawnSync } from 'node:child_process'
import { createRng, randomNormal, type Tensor } from '@gosa/linalg'
import { ACTIVATIONS, MultiLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { encodeOnnx } from './encode-onnx.ts'

const PYTHON = '/usr/bin/python3'
const hasOnnx = spawnSync(PYTHON, ['-c', 'import onnx']).status === 0
if (!hasOnnx) console.log("left out, since Python's onnx was not found (python3-onnx): ONNX's own checker")

const runtime = await import('onnxruntime-web').catch(() => undefined)
if (runtime) runtime.env.wasm.numThreads = 1
else console.log('left out, since ONNX Runtime did not load: what it computes of exported models')

function network(activation: (typeof ACTIVATIONS)[number], sizes: number[], dtype: Tensor['dtype']) {
  const rng = createRng(2)
  const network = new MultiLayerNet({ sizes, activation, rng, dtype })
  for (const { name, value } of network.parameters()) {
    if (name.startsWith('b')) network.params[name] = randomNormal(value.shape, { std: 0.5, rng, dtype })
  }
  return { network, bytes: encodeOnnx({ weights: network.params, activation }) }
}

/** The largest difference of two lists, as a share of the largest number. */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  const most = Math.max(...Array.from(b, Math.abs))
  return Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]))) / most
}

const cases = ACTIVATIONS.flatMap((activation) =>
  (['float32', 'float64'] as const).map((dtype) => [activation, dtype] as const),
)

describe('a model exported as ONNX', () => {
  it.skipIf(!runtime).each(cases)(
    'with %s in %s has the same logits in ONNX Runtime, for one image and for many',
    async (activation, dtype) => {
      const { network: own, bytes } = network(activation, [20, 15, 12, 10], dtype)
      const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
      const session = await InferenceSession.create(bytes)
      expect([session.inputNames, session.outputNames]).toEqual([['images'], ['logits']])
      for (const N of [1, 7]) {
        const x = randomNormal([N, 20], { rng: createRng(N), dtype })
        const images = new Tensor(dtype, x.data as never, x.shape)
        const { logits } = await session.run({ images })
        expect(logits.dims).toEqual([N, 10])
        expect(difference(logits.data as Float32Array, own.predict(x).data)).toBeLessThan(1e-6)
      }
    },
  )

  it.skipIf(!runtime)('may have a single layer', async () => {
    const { network: own, bytes } = network('relu', [4, 3], 'float32')
    const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
    const session = await InferenceSession.create(bytes)
    const x = randomNormal([2, 4], { rng: createRng(1), dtype: 'float32' })
    const { logits } = await session.run({ images: new Tensor('float32', x.data as Float32Array, x.shape) })
    expect(difference(logits.data as Float32Array, own.predict(x).data)).toBeLessThan(1e-6)
  })

  it.skipIf(!runtime)(
    'is found to be another where an activation is, so that the checks above can fail',
    async () => {
      const { network: own } = network('sigmoid', [20, 15, 10], 'float32')
      const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
      const session = await InferenceSession.create(encodeOnnx({ weights: own.params, activation: 'tanh' }))
      const x = randomNormal([2, 20], { rng: createRng(1), dtype: 'float32' })
      const { logits } = await session.run({ images: new Tensor('float32', x.data as Float32Array, x.shape) })
      expect(difference(logits.data as Float32Array, own.predict(x).data)).toBeGreaterThan(1e-3)
    },
  )

  it.skipIf(!hasOnnx)("passes ONNX's own checker, with shapes inferred, and says what it is", () => {
    const program = `
import sys, onnx
model = onnx.load_model_from_string(sys.stdin.buffer.read())
onnx.checker.check_model(model, full_check=True)
print(model.producer_name, model.opset_import[0].version, model.metadata_props[0].value)
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True)
for value in [*inferred.graph.input, *inferred.graph.value_info, *inferred.graph.output]:
    print(value.name, [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim])`
    const { bytes } = network('tanh', [20, 300, 10], 'float32')
    const { stdout, stderr } = spawnSync(PYTHON, ['-c', program], { input: bytes, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout.trim().split('\n')).toEqual([
      'gosa 13 tanh',
      "images ['N', 20]",
      "affine1 ['N', 300]",
      "tanh1 ['N', 300]",
      "logits ['N', 10]",
    ])
  })

  it('is the same bytes for the same model', () => {
    const { bytes } = network('relu', [4, 3], 'float32')
    expect(network('relu', [4, 3], 'float32').bytes).toEqual(bytes)
  })
})
