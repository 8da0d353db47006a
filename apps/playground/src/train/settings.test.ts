import { describe, expect, it } from 'vitest'
import { commandOf, DEFAULT_SETTINGS, isSameRun, isWithinLimits, paramsOf, settingsFrom } from './settings.ts'

describe('train settings', () => {
  it('reads from an address what paramsOf writes', () => {
    const settings = { ...DEFAULT_SETTINGS, hidden: 20, learningRate: 0.05, optimizer: 'adam' as const }
    expect(paramsOf(settings)).toEqual({ hidden: '20', learningRate: '0.05', optimizer: 'adam' })
    expect(settingsFrom(paramsOf(settings))).toEqual(settings)
    expect(paramsOf(DEFAULT_SETTINGS)).toEqual({})
  })

  it('returns the defaults for invalid values', () => {
    const nonsense = {
      hidden: '-3',
      learningRate: 'x',
      batchSize: '1.5',
      optimizer: 'magic',
      data: 7,
      seed: '',
    }
    expect(settingsFrom(nonsense)).toEqual(DEFAULT_SETTINGS)
    expect(settingsFrom({ iterations: null, trainSize: [], hidden: {} })).toEqual(DEFAULT_SETTINGS)
  })

  it('checks numbers against their limits', () => {
    expect([isWithinLimits('hidden', 1), isWithinLimits('hidden', 0), isWithinLimits('hidden', 1.5)]).toEqual(
      [true, false, false],
    )
    expect([isWithinLimits('learningRate', 0.5), isWithinLimits('learningRate', Number.NaN)]).toEqual([
      true,
      false,
    ])
  })

  it('compares runs apart from their length', () => {
    expect(isSameRun(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, iterations: 7 })).toBe(true)
    expect(isSameRun(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, seed: 7 })).toBe(false)
  })

  it('gives the command of gosa-trainer', () => {
    expect(commandOf(DEFAULT_SETTINGS)).toBe(
      'npm start -- --train-size 10000 --test-size 2000 --hidden 50 --optimizer sgd --learning-rate 0.1 ' +
        '--batch-size 100 --seed 0 --iterations 5000',
    )
    expect(commandOf({ ...DEFAULT_SETTINGS, data: 'files' })).toMatch('--data mnist --data-dir FOLDER')
  })
})
