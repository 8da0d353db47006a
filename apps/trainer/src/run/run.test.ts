import type { NamedData } from '@gosa/cli-kit'
import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { setAside } from './run-data.ts'

/** Images of one pixel that tell them apart, each of its own class. */
const part = (first: number, count: number) => ({
  images: tensor(Array.from({ length: count }, (_, i) => [first + i])),
  labels: Uint8Array.from({ length: count }, (_, i) => first + i),
})
const data: NamedData = {
  ...{ name: 'numbers', generated: true, classes: 120, height: 1, width: 1 },
  ...{ train: part(0, 100), test: part(100, 20) },
}

describe('images that are set aside', () => {
  it('are the given share of those to train with, each in one part, with its label', () => {
    const { train, validation, test } = setAside(data, { validation: 0.25, seed: 3 })
    expect([train.labels.length, validation?.labels.length]).toEqual([75, 25])
    const all = [...train.labels, ...(validation?.labels ?? [])].sort((a, b) => a - b)
    expect(all).toEqual([...data.train.labels])
    for (const { images, labels } of [train, validation ?? train])
      expect([...images.data]).toEqual([...labels])
    expect(test).toBe(data.test)
  })

  it('are drawn by the seed', () => {
    const drawn = (seed: number) => [...(setAside(data, { validation: 0.1, seed }).validation?.labels ?? [])]
    expect(drawn(3)).toEqual(drawn(3))
    expect(drawn(3)).not.toEqual(drawn(4))
    expect(drawn(3)).not.toEqual([...data.train.labels].slice(0, 10))
  })

  it('are none, where none are asked for', () => {
    expect(setAside(data, { validation: 0, seed: 3 })).toBe(data)
  })

  it('must leave some, and be some', () => {
    for (const validation of [0.001, 0.999]) {
      expect(() => setAside(data, { validation, seed: 3 })).toThrow(/of 100 images none would be left/)
    }
  })
})
