import { describe, expect, it } from 'vitest'
import { suiteCases } from '../suite/suite-cases.ts'
import { faultsFor, judgeFaults } from './judge.ts'
import { plantedFaults } from './planted.ts'
import { variablesOf, withGradient } from './tamper.ts'
import { transcript } from './transcript.ts'

const faults = plantedFaults(0)

describe('plantedFaults', () => {
  it('has far more than 60, in every case of the suite, each with a name of its own', () => {
    expect(faults.length).toBeGreaterThan(900)
    const names = faults.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name } of suiteCases(0)) {
      expect(names.filter((each) => each.startsWith(`${name}: `)).length).toBeGreaterThan(3)
    }
  })

  it('are the same for the same seed', () => {
    expect(plantedFaults(0).map(({ name }) => name)).toEqual(faults.map(({ name }) => name))
  })

  it("has the book's own mistakes", () => {
    const names = faults.map(({ name }) => name)
    expect(names).toContain('MulLayer: + for ×')
    expect(names).toContain('Relu: backward writes into dout')
    expect(names).toContain('SoftmaxWithLoss: probabilities count as their largest')
  })

  it('leaves out what makes no difference', () => {
    const names = faults.map(({ name }) => name)
    // A sum does not depend on what was added, and the transpose of a vector is that vector.
    expect(names.filter((name) => /^AddLayer.*the forward before/.test(name))).toEqual([])
    expect(names).not.toContain('Affine: gradient of b: transposed')
    expect(names).toContain('Affine, square: gradient of W: transposed')
  })
})

describe('transcript', () => {
  it.each(suiteCases(2).map((each) => [each.name, each] as const))(
    '%s: the same for what is the same',
    (_, each) => {
      const same = withGradient(each, variablesOf(each)[0], (gradient) => gradient)
      expect(transcript(same)).toEqual(transcript(each))
      expect(transcript(each)).toEqual(transcript(each))
    },
  )
})

describe('judgeFaults', () => {
  it('catches a fault of every sort: here every 9th, all of them with gosa-gradcheck --faults', () => {
    const some = faults.filter((_, i) => i % 9 === 0)
    expect(judgeFaults(some).filter(({ verdict }) => verdict !== 'fail')).toEqual([])
  })

  it("knows what others would have said: PyTorch's rule lets 0.1 % pass, the book's does not look at dout", () => {
    const judge = (name: string) => judgeFaults(faultsFor(0, name))[0]
    expect(judge('Tanh: gradient of x: 0.1 % too large')).toMatchObject({
      verdict: 'fail',
      accepted: { book: false, pytorch: true },
    })
    expect(judge('Tanh: backward writes into dout')).toMatchObject({
      verdict: 'fail',
      accepted: { book: true, pytorch: true },
    })
    expect(judge('Tanh: gradient of x: missing')).toMatchObject({ accepted: { book: false, pytorch: false } })
  })
})
