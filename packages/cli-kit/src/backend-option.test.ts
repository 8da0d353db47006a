import { backend, setBackend } from '@gosa/linalg'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addBackendOption, addThreadsOption, useBackend } from './backend-option.ts'

it('--backend chooses among the kernels that there are', () => {
  const parse = (...argv: string[]) =>
    addBackendOption(new Command().exitOverride().configureOutput({ outputError: () => {} }))
      .parse(argv, { from: 'user' })
      .opts<{ backend: string }>()
  expect(parse()).toEqual({ backend: 'wasm' })
  useBackend(parse('--backend', 'js'))
  expect(backend().name).toBe('js')
  setBackend('wasm')
  expect(() => parse('--backend', 'gpu')).toThrow(/Allowed choices are js, wasm/)
})

it('--threads is at least one', () => {
  const parse = (...argv: string[]) =>
    addThreadsOption(new Command().exitOverride().configureOutput({ outputError: () => {} }))
      .parse(argv, { from: 'user' })
      .opts<{ threads: number }>()
  expect([parse(), parse('--threads', '2')]).toEqual([{ threads: 1 }, { threads: 2 }])
  expect(() => parse('--threads', '0')).toThrow(/It must be a whole number from 1 to 64/)
})
