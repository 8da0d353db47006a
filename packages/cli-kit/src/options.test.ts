import { backend, setBackend } from '@gosa/linalg'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addBackendOption, addThreadsOption, finiteNumber, integer, useBackend } from './options.ts'

describe('integer', () => {
  it('parses integers, with a sign or an exponent', () => {
    expect(['0', '12', '1e4', '-3', '+5'].map(integer())).toEqual([0, 12, 10_000, -3, 5])
  })

  it.each(['', ' ', '1.5', 'x', '0x10', '1e400', '9007199254740993', 'NaN'])('refuses %j', (text) => {
    expect(() => integer()(text)).toThrow('It must be an integer.')
  })

  it('refuses a value outside its range, and says the range', () => {
    expect(() => integer({ min: 1 })('0')).toThrow('It must be an integer, at least 1.')
    expect(() => integer({ min: 1, max: 9 })('10')).toThrow('It must be an integer from 1 to 9.')
    expect(integer({ min: 1, max: 9 })('9')).toBe(9)
  })
})

describe('finiteNumber', () => {
  it('parses decimals and powers of ten', () => {
    expect(['0.1', '1e-3', '2'].map(finiteNumber())).toEqual([0.1, 0.001, 2])
  })

  it.each(['', '1,5', 'Infinity', 'NaN'])('refuses %j', (text) => {
    expect(() => finiteNumber()(text)).toThrow('It must be a number.')
  })

  it('can exclude the lower end of its range', () => {
    expect(() => finiteNumber({ min: 0, exclusiveMin: true })('0')).toThrow(
      'It must be a number greater than 0.',
    )
    expect(() => finiteNumber({ min: 0, exclusiveMin: true, max: 1 })('2')).toThrow(
      'It must be a number greater than 0, at most 1.',
    )
    expect(finiteNumber({ min: 0 })('0')).toBe(0)
    expect(() => finiteNumber({ max: 1 })('2')).toThrow('It must be a number, at most 1.')
  })
})

const silent = () => new Command().exitOverride().configureOutput({ outputError: () => {} })

describe('--backend', () => {
  it('selects one of the backends that exist, wasm by default', () => {
    const parse = (...argv: string[]) =>
      addBackendOption(silent()).parse(argv, { from: 'user' }).opts<{ backend: string }>()
    expect(parse()).toEqual({ backend: 'wasm' })
    useBackend(parse('--backend', 'js'))
    expect(backend().name).toBe('js')
    setBackend('wasm')
    expect(() => parse('--backend', 'gpu')).toThrow(/Allowed choices are js, wasm/)
  })
})

describe('--threads', () => {
  it('is an integer from 1 to 64, 1 by default', () => {
    const parse = (...argv: string[]) =>
      addThreadsOption(silent()).parse(argv, { from: 'user' }).opts<{ threads: number }>()
    expect([parse(), parse('--threads', '2')]).toEqual([{ threads: 1 }, { threads: 2 }])
    expect(() => parse('--threads', '0')).toThrow(/It must be an integer from 1 to 64/)
  })
})
