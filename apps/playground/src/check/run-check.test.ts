import { describe, expect, it } from 'vitest'
import { LAYERS } from './protocol.ts'
import { runCheck } from './run-check.ts'

describe('runCheck', () => {
  it.each(LAYERS)('passes %s, and fails it with each fault that has an effect', (layer) => {
    const right = runCheck({ id: 1, layer, seed: 0 })
    expect(right).toMatchObject({ id: 1, verdict: 'pass', findings: [] })
    expect(right.faults.length).toBeGreaterThan(10)
    for (const fault of right.faults) {
      expect([fault, runCheck({ id: 2, layer, seed: 0, fault }).verdict]).toEqual([fault, 'fail'])
    }
  })

  it('returns which entries are wrong, and a likely cause', () => {
    const { entries } = runCheck({ id: 1, layer: 'Affine', seed: 0, fault: 'W: wrong sign of one entry' })
    expect(entries.map(({ name, wrong }) => [name, wrong])).toEqual([
      ['x', 0],
      ['W', 1],
      ['b', 0],
    ])
    const { analytic, numerical, maps } = entries[1]
    const wrong = analytic.findIndex((a, i) => Math.abs(a - numerical[i]) > 1e-6)
    expect(maps?.worst).toEqual([{ column: wrong % 4, row: Math.floor(wrong / 4) }])
    const { entries: negative } = runCheck({ id: 1, layer: 'Tanh', seed: 0, fault: 'x: wrong sign' })
    expect(negative[0].cause).toMatch(/sign/)
  })

  it('returns plain data that can be sent between threads', () => {
    const reply = runCheck({ id: 1, layer: 'Relu', seed: 3 })
    expect(structuredClone(reply)).toEqual(reply)
  })

  it('throws for a fault that cannot be planted in the layer', () => {
    expect(() => runCheck({ id: 1, layer: 'Relu', seed: 0, fault: 'W: twice' })).toThrow(
      "'W: twice' cannot be planted in Relu",
    )
  })
})
