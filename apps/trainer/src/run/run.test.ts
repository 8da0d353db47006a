import type { NamedDataset } from '@gosa/cli-kit'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { holdOut } from './run.ts'

/** Images of one pixel that identifies them, each of its own class. */
const part = (first: number, count: number) => ({
  x: tensor(Array.from({ length: count }, (_, i) => [first + i])),
  t: Uint8Array.from({ length: count }, (_, i) => first + i),
})
const data: NamedDataset = {
  ...{ name: 'numbers', generated: true, classes: 120, height: 1, width: 1 },
  ...{ train: part(0, 100), test: part(100, 20) },
}

describe('holdOut', () => {
  it('moves the given fraction of the training images, with their labels, to validation', () => {
    const { train, validation, test } = holdOut(data, { validation: 0.25, seed: 3 })
    expect([train.t.length, validation?.t.length]).toEqual([75, 25])
    const all = [...train.t, ...(validation?.t ?? [])].sort((a, b) => a - b)
    expect(all).toEqual([...data.train.t])
    for (const { x, t } of [train, validation ?? train]) expect([...x.data]).toEqual([...t])
    expect(test).toBe(data.test)
  })

  it('draws them by the seed', () => {
    const drawn = (seed: number) => [...(holdOut(data, { validation: 0.1, seed }).validation?.t ?? [])]
    expect(drawn(3)).toEqual(drawn(3))
    expect(drawn(3)).not.toEqual(drawn(4))
    expect(drawn(3)).not.toEqual([...data.train.t].slice(0, 10))
  })

  it('does nothing for a fraction of 0', () => {
    expect(holdOut(data, { validation: 0, seed: 3 })).toBe(data)
  })

  it('rejects a fraction that leaves one of the parts empty', () => {
    for (const validation of [0.001, 0.999]) {
      expect(() => holdOut(data, { validation, seed: 3 })).toThrow(
        /of 100 images leaves none for training or for validation/,
      )
    }
  })
})
