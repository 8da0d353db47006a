import { noColors, type Output } from '@gosa/cli-kit'
import { describe, expect, it } from 'vitest'
import type { CheckerQuality, CorpusQuality } from '../checks/measure-checker.ts'
import { showCheckerQuality, showCorpusQuality } from './checker-quality.ts'

const baselines = { book: { missed: 2, falseAlarms: 3 }, pytorch: { missed: 4, falseAlarms: 5 } }

/** What is shown: the details, and the result. */
function shown(show: (output: Output) => void) {
  const [details, results]: [string[], string[]] = [[], []]
  show({
    colors: noColors,
    detail: (line = '') => details.push(line),
    result: (line: string) => results.push(line),
  } as unknown as Output)
  return { details, results }
}

describe('showCheckerQuality', () => {
  const perfect: CheckerQuality = {
    planted: 10,
    caught: 10,
    missed: [],
    trials: 20,
    falseAlarms: 0,
    failedTrials: [],
    inconclusive: 0,
    baselines,
  }

  it('passes only if each fault is caught and no right case is accused', () => {
    const result = (more: Partial<CheckerQuality>) =>
      shown((output) => showCheckerQuality({ ...perfect, ...more }, output, 1.25)).results
    expect(result({})).toEqual(['pass: 10 of 10 faults caught, 0 false alarms, 1.3 s'])
    expect(result({ caught: 9 })[0]).toMatch(/^fail: 9 of 10/)
    expect(result({ falseAlarms: 1 })[0]).toMatch(/^fail: 10 of 10 faults caught, 1 false/)
  })

  it('shows the rules of others, and names what was missed, accused or left without a verdict', () => {
    const quality = { ...perfect, missed: ['Relu: zero'], failedTrials: ['Tanh 3'], inconclusive: 2 }
    const { details } = shown((output) => showCheckerQuality(quality, output, 1))
    expect(details.slice(3, 6).map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['gosa-gradcheck', '1', '0'],
      ["the book's, mean < 1e-6", '2', '3'],
      ["PyTorch's gradcheck", '4', '5'],
    ])
    expect(details.slice(6)).toEqual([
      '',
      'correct cases without a verdict: 2',
      '',
      'missed: Relu: zero',
      'false alarm: Tanh 3',
      '',
    ])
  })
})

describe('showCorpusQuality', () => {
  const perfect: CorpusQuality = {
    half: 'second',
    wrong: 5,
    right: 4,
    missed: [],
    falseAlarms: [],
    inconclusive: [],
    unclearWrong: 0,
    hard: [],
    baselines,
  }

  it('passes only if nothing was missed and nothing right accused', () => {
    const result = (more: Partial<CorpusQuality>) =>
      shown((output) => showCorpusQuality({ ...perfect, ...more }, output)).results[0]
    const one = [{ name: 'erf', reasons: ['x: the sign is wrong'] }]
    expect(result({})).toBe('pass: 5 of 5 wrong functions caught, 0 false alarms, 0 without a verdict')
    expect(result({ missed: one })).toMatch(/^fail: 4 of 5/)
    expect(result({ falseAlarms: one })).toMatch(/^fail: 5 of 5 wrong functions caught, 1 false alarm/)
    // A wrong function without a verdict is not caught.
    expect(result({ inconclusive: one, unclearWrong: 1 })).toBe(
      'pass: 4 of 5 wrong functions caught, 0 false alarms, 1 without a verdict',
    )
  })

  it('names each case that was judged wrong, with its reasons', () => {
    const { details } = shown((output) =>
      showCorpusQuality(
        {
          ...perfect,
          missed: [{ name: 'spline', reasons: [] }],
          falseAlarms: [{ name: 'erf', reasons: ['x: the sign is wrong', 'not-linear'] }],
          hard: [{ name: 'noise', reasons: [], hard: 'it is random', verdict: 'inconclusive' }],
        },
        output,
      ),
    )
    expect(details.slice(6)).toEqual([
      '',
      'not counted, since no finite difference can judge them: 1',
      '',
      'missed: spline',
      'false alarm: erf',
      '  x: the sign is wrong',
      '  not-linear',
      '',
    ])
  })
})
