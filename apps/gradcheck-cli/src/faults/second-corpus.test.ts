import { describe, expect, it } from 'vitest'
import { judgeCorpus, selectCorpus, toCase } from './second-corpus.ts'

describe('judgeCorpus', () => {
  it('fails wrong functions and passes right ones', () => {
    const judgements = judgeCorpus(0, 'norm', 0, 6)
    expect(new Set(judgements.map(({ kind }) => kind))).toEqual(new Set(['right', 'wrong']))
    for (const { name, kind, verdict } of judgements) {
      expect(`${name}: ${verdict}`).toBe(`${name}: ${kind === 'right' ? 'pass' : 'fail'}`)
    }
  })
})

describe('toCase', () => {
  it('makes the same layer for the same seed, of the inputs to differentiate by', () => {
    const found = selectCorpus().find(({ one }) => one.make(() => 0.5).notDifferentiable?.length)
    if (!found) throw new Error('no case has an input that is not differentiable')
    const [a, b] = [toCase(found.one, 3), toCase(found.one, 3)]
    expect(String(a.inputs)).toBe(String(b.inputs))
    const { x, notDifferentiable = [] } = found.one.make(() => 0.5)
    expect(a.inputs).toHaveLength(Object.keys(x).length - notDifferentiable.length)
  })

  it('knows cases of both halves', () => {
    expect(new Set(selectCorpus().map(({ half }) => half))).toEqual(new Set(['first', 'second']))
  })
})
