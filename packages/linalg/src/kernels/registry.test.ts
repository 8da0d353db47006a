import { afterEach, describe, expect, it } from 'vitest'
import { backend, backends, matmul, setBackend, tensor } from '../index.ts'
import type { Backend } from '../kernels.ts'

describe('setBackend', () => {
  const before = backend()
  afterEach(() => setBackend(before))

  it('selects a built-in backend by name, and throws for an unknown name', () => {
    expect(backends()).toContain('js')
    setBackend('js')
    expect(backend().name).toBe('js')
    expect(() => setBackend('gpu')).toThrow(/no backend 'gpu': use .*js/)
    expect(() => setBackend('toString')).toThrow(RangeError)
  })

  it('takes an implementation of your own, which all operations then use', () => {
    const calls: string[] = []
    const counting: Backend = {
      ...backend(),
      name: 'counting',
      matmul: (...operands) => {
        calls.push('matmul')
        before.matmul(...operands)
      },
    }
    setBackend(counting)
    expect(matmul(tensor([[2]]), tensor([[3]])).at(0, 0)).toBe(6)
    expect(calls).toEqual(['matmul'])
  })
})
