import { describe, expect, it } from 'vitest'
import { allowed, commandOf, DEFAULT_SETTINGS, paramsOf, sameRun, settingsFrom } from './settings.ts'

describe('settings', () => {
  it('are read from an address, and written into one', () => {
    const settings = { ...DEFAULT_SETTINGS, hidden: 20, learningRate: 0.05, optimizer: 'adam' as const }
    expect(paramsOf(settings)).toEqual({ hidden: '20', learningRate: '0.05', optimizer: 'adam' })
    expect(settingsFrom(paramsOf(settings))).toEqual(settings)
    expect(paramsOf(DEFAULT_SETTINGS)).toEqual({})
  })

  it('are the usual ones where what is given is none', () => {
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

  it('know what a number may be', () => {
    expect([allowed('hidden', 1), allowed('hidden', 0), allowed('hidden', 1.5)]).toEqual([true, false, false])
    expect([allowed('learningRate', 0.5), allowed('learningRate', Number.NaN)]).toEqual([true, false])
  })

  it('lead to the same run, be it longer or shorter', () => {
    expect(sameRun(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, iterations: 7 })).toBe(true)
    expect(sameRun(DEFAULT_SETTINGS, { ...DEFAULT_SETTINGS, seed: 7 })).toBe(false)
  })

  it('are a command for the trainer', () => {
    expect(commandOf(DEFAULT_SETTINGS)).toBe(
      'npm start -- --train-size 10000 --test-size 2000 --hidden 50 --optimizer sgd --learning-rate 0.1 ' +
        '--batch-size 100 --seed 0 --iterations 5000',
    )
    expect(commandOf({ ...DEFAULT_SETTINGS, data: 'files' })).toMatch('--data mnist --data-dir FOLDER')
  })
})
