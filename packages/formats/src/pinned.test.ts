import { createHash } from 'node:crypto'
import { createRng, randomNormal } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { encodeNpy, encodeNpz, encodeOnnx, encodeSafetensors } from './index.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const rng = createRng(2)
const weights = {
  W1: randomNormal([7, 5], { rng, dtype: 'float32' }),
  b1: randomNormal([5], { rng, dtype: 'float32' }),
  W2: randomNormal([5, 3], { rng, dtype: 'float32' }),
  b2: randomNormal([3], { rng, dtype: 'float32' }),
}
const more = {
  ...weights,
  x: randomNormal([2, 3, 4], { rng }),
  n: { shape: [3], data: Int32Array.of(1, -2, 3) },
}

describe('encoders, pinned to the byte so that only a deliberate change alters them', () => {
  it('write the same safetensors, npy, npz and ONNX files as ever', () => {
    expect(sha256(encodeSafetensors({ ...weights, x: more.x }, { a: 'b' }))).toMatchInlineSnapshot(
      `"bb7de61cc54567440256e6391c66f7304c1ff995179d410ef71d6b58a132b96d"`,
    )
    expect(sha256(encodeNpy(more.x))).toMatchInlineSnapshot(
      `"8442cb0ab6066ba68b323f1c6212b092defbbc3cb6832e0a9bc26975e711ede3"`,
    )
    expect(sha256(encodeNpz(more))).toMatchInlineSnapshot(
      `"c1800dcc11b4478e11e3fdb40bf66ae0f95ef4392cfb5887745353dc1a089f07"`,
    )
    expect(sha256(encodeOnnx({ weights, activation: 'tanh' }))).toMatchInlineSnapshot(
      `"b60ba3c1d6bbb915e1e5e1eaf2a8a45f5411b59f6d7a6c401543d985c5f09d7d"`,
    )
  })
})
