import { createHash } from 'node:crypto'
import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  batches,
  circles,
  gatherImages,
  moons,
  parseCsv,
  rawSyntheticDigits,
  sampleBatch,
  spiral,
  split,
  standardizer,
  strokesToMnistImage,
  syntheticDigits,
  toMnistImage,
  xor,
} from './index.ts'

/** The SHA-256 of the elements of typed arrays, one after the other. */
function sha256(...arrays: ArrayBufferView[]): string {
  const hash = createHash('sha256')
  for (const { buffer, byteOffset, byteLength } of arrays)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.digest('hex')
}

describe('functions pinned to the bit, so that only a deliberate change alters their results:', () => {
  it('rawSyntheticDigits', () => {
    const { pixels, t } = rawSyntheticDigits({ count: 1000, seed: 1 })
    expect(sha256(pixels, t)).toMatchInlineSnapshot(
      `"c29dcaa242df79b6b7cb36a5737a6a50e54cb6797716d55690b39e62e623815a"`,
    )
  })
  it('syntheticDigits: normalized and not, float32 and float64, one-hot labels', () => {
    const plain = syntheticDigits({ count: 100, seed: 3 })
    const other = syntheticDigits({
      count: 100,
      seed: 3,
      normalize: false,
      oneHotLabel: true,
      dtype: 'float64',
    })
    expect(sha256(plain.x.data, plain.t)).toMatchInlineSnapshot(
      `"4d3c3367336c713b57981af955d06beb6cadfb833bfa02ddbe900d73ab29d54b"`,
    )
    expect(sha256(other.x.data, other.t.data)).toMatchInlineSnapshot(
      `"eae385bc8bf2602496e3ad6dbec8bc3df37a19af0d1c21ee0a010aa755e32f7a"`,
    )
    const compressed = syntheticDigits({ count: 100, seed: 3, compressed: true })
    expect(sha256(compressed.x.data)).toBe(sha256(plain.x.data))
  })
  it('toMnistImage and strokesToMnistImage', () => {
    const rng = createRng(5)
    const pixels = Float64Array.from({ length: 50 * 37 }, () =>
      rng.uniform() < 0.3 ? 255 * rng.uniform() : 0,
    )
    expect(sha256(toMnistImage({ pixels, height: 50, width: 37 }))).toMatchInlineSnapshot(
      `"65db5ba0e1f7cf59f6b3046e5f2a4b708ee9a5e2f8677089c0ece09cff5222e7"`,
    )
    const strokes = [
      [
        [3, 4],
        [10, 40],
        [30, 42],
      ],
      [
        [20, 5],
        [21, 60],
      ],
    ] as [number, number][][]
    expect(sha256(strokesToMnistImage(strokes))).toMatchInlineSnapshot(
      `"2c1b71d560b427e8d29acabd92027c1a31185358dfb87a5065899c30403b4061"`,
    )
  })
  it.each([
    ['spiral', spiral, 'b58e9367ed1f52fb0e3c2fa8c55854fd29cfdd2b85aab4f0cc576926c5470859'],
    ['moons', moons, '1f5fc93ff761715c25c5980bdc16c9907f29f1d75ef99a292bea0bf1f46c6d67'],
    ['circles', circles, 'e3023af25467c468daa5d8a722bee7e916d33020e4aa395396be9a1f067ac658'],
    ['xor', xor, '06c6e0176fc43270983dcd7a476f2f32be5b7c6b139711af8b25814b3add77ae'],
  ])('%s', (_name, generate, expected) => {
    const { x, t } = generate({ pointsPerClass: 200, noise: 0.15, seed: 9, dtype: 'float64' })
    expect(sha256(x.data, t)).toBe(expected)
  })
  it('batches, sampleBatch, split and standardizer', () => {
    const rng = createRng(11)
    expect(sha256(...batches(1000, 32, rng), sampleBatch(1000, 300, rng))).toMatchInlineSnapshot(
      `"55fb789fba62d6fbf5c04afe0100a7fb75dec45230e8c6ccf2b3fc1f2d53ce11"`,
    )
    const { x, t } = spiral({ seed: 4 })
    const parts = split({ x, t }, [0.6, 0.3, 0.1], rng)
    expect(sha256(...parts.flatMap((part) => [part.x.data, part.t]))).toMatchInlineSnapshot(
      `"7e46256ef30dcc7b70d5e33de62d8a26a22164aa6176732a54689b46b06f241c"`,
    )
    const { mean, std, transform } = standardizer({ x })
    expect(sha256(mean.data, std.data, transform({ x }).x.data)).toMatchInlineSnapshot(
      `"cf33fa5ceb5a1d81590ca194d9fed75ab46785892f84ee992fac8639cb178a53"`,
    )
  })
  it('gatherImages and parseCsv', () => {
    const set = rawSyntheticDigits({ count: 20, seed: 2 })
    expect(sha256(gatherImages(set, [3, 19, 3, 0]).data)).toMatchInlineSnapshot(
      `"182a49966bae89bcc6298f0edde1553252d78a5f227c06fbee6a025b2c61b99d"`,
    )
    const { x, t } = parseCsv('a,b,c\n0.1,2e-3,x\n-7,3.14159,y\n1e10,0.3,x\n', { label: 'c' })
    expect(sha256(x.data, t)).toMatchInlineSnapshot(
      `"063ff1abfd04e23888bf0b8dd6dcd5dcc9b9a1830fd04185454376028cc13ce9"`,
    )
  })
})
