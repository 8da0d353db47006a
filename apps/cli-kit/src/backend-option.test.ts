import { backend, setBackend } from '@gosa/linalg'
import { Command } from 'commander'
import { expect, it } from 'vitest'
import { addBackendOption, useBackend } from './backend-option.ts'

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
