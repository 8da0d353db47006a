import { describe, expect, it } from 'vitest'
import { suiteCases } from '../suite/suite-cases.ts'
import { faultsFor, judgeFaults } from './judge.ts'
import { knownMistakes, plantedFaults } from './planted.ts'

const faults = plantedFaults(0)
const names = faults.map(({ name }) => name)

describe('plantedFaults', () => {
  it('has far more than 60, in every case of the suite, each with a name of its own', () => {
    expect(faults.length).toBeGreaterThan(900)
    expect(new Set(names).size).toBe(names.length)
    for (const { name } of suiteCases(0).filter(({ name }) => !name.includes('float32'))) {
      expect(names.filter((each) => each.startsWith(`${name}: `)).length).toBeGreaterThan(3)
    }
  })

  it('are the same for the same seed', () => {
    expect(plantedFaults(0).map(({ name }) => name)).toEqual(names)
  })

  it("has the book's own mistakes", () => {
    expect(names).toContain('MulLayer: + for ×')
    expect(names).toContain('Relu: backward writes into dout')
    expect(names).toContain('SoftmaxWithLoss: probabilities count as their largest')
  })
})

describe('judgeFaults', () => {
  it('catches every mistake that people make', () => {
    expect(judgeFaults(knownMistakes(0)).filter(({ verdict }) => verdict !== 'fail')).toEqual([])
  })

  it('catches a fault of every sort: here every 9th, all of them with gosa-gradcheck --faults', () => {
    const some = faults.filter((_, i) => i % 9 === 0)
    expect(judgeFaults(some).filter(({ verdict }) => verdict !== 'fail')).toEqual([])
  })

  it("knows what others would have said: PyTorch's rule lets 0.1 % pass, the book's does not look at dout", () => {
    const judge = (name: string) => judgeFaults(faultsFor(0, name))[0]
    expect(judge('Tanh: x: 0.1 % too large')).toMatchObject({
      verdict: 'fail',
      accepted: { book: false, pytorch: true },
    })
    expect(judge('Tanh: backward writes into dout')).toMatchObject({
      verdict: 'fail',
      accepted: { book: true, pytorch: true },
    })
    expect(judge('Tanh: x: another shape')).toMatchObject({ accepted: { book: false, pytorch: false } })
  })
})
