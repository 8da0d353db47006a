import { describe, expect, it } from 'vitest'
import { checkLayered } from '../cases/case.ts'
import { suiteCases } from '../cases/suite.ts'
import { judgeFaults, selectFaults } from './judge.ts'
import { faultyExamples, plantedFaults } from './planted-faults.ts'

const faults = plantedFaults(0)
const names = faults.map(({ name }) => name)

describe('plantedFaults', () => {
  it('plants faults into every case of the suite, each with a unique name', () => {
    expect(faults.length).toBeGreaterThan(3000)
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
    expect(names).toContain('BatchNormalization, images: each pixel by itself')
  })

  it('plants the mistakes of convolutions, poolings, normalization and dropout', () => {
    for (const name of [
      'Convolution: dx sets pixels where windows overlap',
      'Convolution: dW stride and padding exchanged',
      'Convolution, 3×2: W: turned by 180°',
      'MaxPooling: all of several largest pixels receive the whole gradient',
      'AveragePooling: divided by the whole window at the border, too',
      'BatchNormalization: the term of the mean is left out',
      'LayerNormalization: statistics of features in place of samples',
      'Dropout, training: mask of another pass',
      'BatchNormalization, training: gradient of the prediction',
      'Embedding: rows of repeated indices are set, not summed',
    ]) {
      expect(names).toContain(name)
    }
  })
})

describe('judgeFaults', () => {
  it('catches every example of a common mistake, for what it is and not since passes differ', {
    timeout: 600_000,
  }, () => {
    for (const { name, case: given } of faultyExamples(0)) {
      const { verdict, findings } = checkLayered(given, {})
      expect(`${name}: ${verdict}`).toBe(`${name}: fail`)
      expect(findings.map(({ name }) => name)).not.toContain('not-repeatable')
    }
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
