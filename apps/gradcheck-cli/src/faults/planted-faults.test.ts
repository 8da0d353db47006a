import { describe, expect, it } from 'vitest'
import { suiteCases } from '../cases/suite.ts'
import { judgeFaults, selectFaults } from './judge.ts'
import { faultyExamples, plantedFaults } from './planted-faults.ts'

const faults = plantedFaults(0)
const names = faults.map(({ name }) => name)

describe('plantedFaults', () => {
  it('plants faults into every case of the suite, each with a unique name', () => {
    expect(faults.length).toBeGreaterThan(900)
    expect(new Set(names).size).toBe(names.length)
    for (const { name } of suiteCases(0).filter(({ name }) => !name.includes('float32'))) {
      expect(names.filter((each) => each.startsWith(`${name}: `)).length).toBeGreaterThan(3)
    }
  })

  it('returns the same faults for the same seed', () => {
    expect(plantedFaults(0).map(({ name }) => name)).toEqual(names)
  })

  it("contains the book's own mistakes", () => {
    expect(names).toContain('MulLayer: + in place of ×')
    expect(names).toContain('Relu: backward writes into dout')
    expect(names).toContain('SoftmaxWithLoss: soft labels are rounded to one-hot')
  })
})

describe('judgeFaults', () => {
  it('catches every example of a common mistake', () => {
    expect(judgeFaults(faultyExamples(0)).filter(({ verdict }) => verdict !== 'fail')).toEqual([])
  })

  it('catches every 31st planted fault (gosa-gradcheck --faults checks all of them)', {
    timeout: 300_000,
  }, () => {
    const some = faults.filter((_, i) => i % 31 === 0)
    expect(judgeFaults(some).filter(({ verdict }) => verdict !== 'fail')).toEqual([])
  })

  it("applies the rules of others: PyTorch's accepts an error of 0.1 %, neither notices a mutated dout", () => {
    const judge = (name: string) => judgeFaults(selectFaults(0, name))[0]
    expect(judge('Tanh: x: 0.1 % too large')).toMatchObject({
      verdict: 'fail',
      acceptedBy: { book: false, pytorch: true },
    })
    expect(judge('Tanh: backward writes into dout')).toMatchObject({
      verdict: 'fail',
      acceptedBy: { book: true, pytorch: true },
    })
    expect(judge('Tanh: x: wrong shape')).toMatchObject({ acceptedBy: { book: false, pytorch: false } })
  })
})
