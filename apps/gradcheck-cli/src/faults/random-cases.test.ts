import { expect, it } from 'vitest'
import { checkCase } from '../cases/check-case.ts'
import { suiteCases } from '../suite/suite-cases.ts'
import { judgeTrials } from './judge.ts'
import { randomCase } from './random-case.ts'

const report = (seed: number, number: number) => `${checkCase(randomCase(seed, number), {})}`

it('correct code at random is the same for the same number, and another for another', () => {
  expect(report(1, 30)).toBe(report(1, 30))
  expect(report(1, 30)).not.toBe(report(1, 41))
  expect(report(1, 30)).not.toBe(report(2, 30))
})

it('every layer, loss and network of the suite has its turn', () => {
  const kinds = new Set(Array.from({ length: 40 }, (_, i) => randomCase(0, i).name))
  expect(
    [...new Set(suiteCases(0).map(({ name }) => name.split(',')[0]))].filter((kind) => !kinds.has(kind)),
  ).toEqual([])
})

it('it is not accused', () => {
  expect(judgeTrials(3, 0, 66).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
})
