import { describe, expect, it } from 'vitest'
import { confusionMatrix } from './confusion.ts'

describe('confusionMatrix', () => {
  it('counts in row label and column prediction', () => {
    expect(confusionMatrix(Uint8Array.of(0, 0, 1, 2, 2, 2), [0, 1, 1, 0, 2, 2], 3)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 2],
    ])
  })

  it('is all zeros without samples', () => {
    expect(confusionMatrix([], [], 2)).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  it('refuses lists of different lengths, and what is no class', () => {
    expect(() => confusionMatrix([0], [0, 1], 2)).toThrow('1 labels, but 2 predictions')
    expect(() => confusionMatrix([0, 2], [0, 1], 2)).toThrow('sample 1 is 2, taken for 1, of 2 classes')
    expect(() => confusionMatrix([0, 1], [0, -1], 2)).toThrow('sample 1 is 1, taken for -1, of 2 classes')
    expect(() => confusionMatrix([Number.NaN], [0], 2)).toThrow('sample 0 is NaN')
  })
})
