import { describe, expect, it } from 'vitest'
import { checkCase } from '../cases/case.ts'
import { suiteCases } from '../cases/suite.ts'
import { judgeTrials } from './judge.ts'
import { randomCase } from './random-cases.ts'

const report = (seed: number, index: number) => `${checkCase(randomCase(seed, index), {})}`

describe('randomCase', () => {
  it('makes the same case for the same seed and index, and another one for others', () => {
    expect(report(1, 30)).toBe(report(1, 30))
    expect(report(1, 30)).not.toBe(report(1, 41))
    expect(report(1, 30)).not.toBe(report(2, 30))
  })

  it('makes cases of every layer, loss and network of the suite', () => {
    const kinds = new Set(Array.from({ length: 40 }, (_, i) => randomCase(0, i).name))
    expect(
      [...new Set(suiteCases(0).map(({ name }) => name.split(',')[0]))].filter((kind) => !kinds.has(kind)),
    ).toEqual([])
  })

  it('makes correct cases, which pass', { timeout: 300_000 }, () => {
    expect(judgeTrials(3, 0, 66).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  })
})
