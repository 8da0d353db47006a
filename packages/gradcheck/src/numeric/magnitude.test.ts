import { describe, expect, it } from 'vitest'
import { relativeError } from '../index.ts'
import { maxAbs, maxAbsIgnoringNaN, rootMeanSquare } from './magnitude.ts'

describe('relativeError', () => {
  it('measures against the larger number: 0 for equal ones, 2 for opposite ones', () => {
    expect(relativeError(0, 0)).toBe(0)
    expect(relativeError(3, -3)).toBe(2)
    expect(relativeError(1, 1.01)).toBeCloseTo(0.0099, 4)
    expect(relativeError(0, 1e-30)).toBe(1)
  })

  it('measures numbers below the floor against the floor', () => {
    expect(relativeError(0, 1e-9, 1e-3)).toBeCloseTo(1e-6, 12)
  })

  it('is NaN if one number is NaN or infinite, so that it is below no limit', () => {
    expect(relativeError(Number.NaN, 1)).toBeNaN()
    expect(relativeError(Infinity, 1)).toBeNaN()
  })
})

describe('maxAbs', () => {
  it('is the largest absolute value, NaN if any number is NaN, 0 for none', () => {
    expect(maxAbs([1, -3, 2])).toBe(3)
    expect(maxAbs([1, Number.NaN, 2])).toBeNaN()
    expect(maxAbs([])).toBe(0)
  })
})

describe('maxAbsIgnoringNaN', () => {
  it('leaves NaN out', () => {
    expect(maxAbsIgnoringNaN([1, Number.NaN, -2])).toBe(2)
    expect(maxAbsIgnoringNaN([Number.NaN])).toBe(0)
  })
})

describe('rootMeanSquare', () => {
  it('neither overflows nor underflows, counts NaN as 0, and is 0 for no numbers', () => {
    expect(rootMeanSquare([3, -4])).toBeCloseTo(Math.sqrt(12.5), 12)
    expect(rootMeanSquare([1e300, -1e300])).toBe(1e300)
    expect(rootMeanSquare([1e-300])).toBe(1e-300)
    expect(rootMeanSquare([2, Number.NaN, 0, 0])).toBe(1)
    expect(rootMeanSquare([])).toBe(0)
  })
})
