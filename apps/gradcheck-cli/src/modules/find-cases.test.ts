import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { findCases } from './find-cases.ts'

const find = (exports: object) => findCases(exports, createRng(0), 'my-layer.js')
const layer = { forward: (x: number) => x, backward: (dout: number) => dout }

describe('findCases', () => {
  it('finds a list of cases, each named by its name or its index', async () => {
    const found = await find({ cases: [{ name: 'mine', layer, x: 1 }, { loss: layer }] })
    expect(found.map(({ name }) => name)).toEqual(['mine', 'cases[1]'])
    expect(found[0]).toEqual({ name: 'mine', layer, x: 1 })
  })

  it('finds a single default case, and calls functions of a seeded generator, also async ones', async () => {
    expect(await find({ default: { layer } })).toEqual([{ name: 'default', layer }])
    const found = await find({
      cases: async (rng: { uniform(): number }) => [{ network: layer, x: rng.uniform() }],
    })
    expect(found).toEqual([{ name: 'cases[0]', network: layer, x: createRng(0).uniform() }])
  })

  it('finds a case under any name, and ignores other exports', async () => {
    const found = await find({
      relu: { layer },
      helper: () => 1,
      Relu: class {},
      version: '1',
      nothing: null,
    })
    expect(found).toEqual([{ name: 'relu', layer }])
  })

  it('treats an object with forward and backward as a layer, with its inputs', async () => {
    const pair = { ...layer, inputs: [2] }
    expect(await find({ double: pair })).toEqual([{ name: 'double', layer: pair, inputs: [2] }])
  })

  it('treats a module that exports forward and backward as a layer', async () => {
    const [found] = await find(layer)
    expect(found).toMatchObject({ name: 'my-layer.js', layer })
  })

  it('finds functions beside their derivatives', async () => {
    const given = { f: Math.sin, gradient: Math.cos, x: 1 }
    expect(await find({ sine: given, other: { f: Math.sin, x: 1 } })).toEqual([{ ...given, name: 'sine' }])
    expect(await find(given)).toEqual([{ ...given, name: 'my-layer.js' }])
  })

  it('finds the cases of a CommonJS module, each once', async () => {
    const cases = [{ layer }]
    expect(await find({ default: { cases }, cases })).toHaveLength(1)
    expect(await find({ default: { cases, relu: { layer } } })).toHaveLength(2)
  })

  it('throws for an element of a list that is not a case', async () => {
    await expect(find({ cases: [{ layer }, { layr: layer }] })).rejects.toThrow(
      /cases\[1\] is not a case: .*layer/,
    )
  })

  it('finds nothing in a module without cases', async () => {
    expect(await find({ default: class Relu {}, other: 1 })).toEqual([])
  })
})
