import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { findCases } from './find-cases.ts'

const find = (exports: object) => findCases(exports, createRng(0), 'my-layer.js')
const layer = { forward: (x: number) => x, backward: (dout: number) => dout }

describe('findCases', () => {
  it('takes a list under cases, each by its name or its number', async () => {
    const found = await find({ cases: [{ name: 'mine', layer, x: 1 }, { loss: layer }] })
    expect(found.map(({ name }) => name)).toEqual(['mine', 'cases[1]'])
    expect(found[0]).toEqual({ name: 'mine', layer, x: 1 })
  })

  it('takes one case as default, and functions of a seeded generator, which may be async', async () => {
    expect(await find({ default: { layer } })).toEqual([{ name: 'default', layer }])
    const found = await find({
      cases: async (rng: { uniform(): number }) => [{ network: layer, x: rng.uniform() }],
    })
    expect(found).toEqual([{ name: 'cases[0]', network: layer, x: createRng(0).uniform() }])
  })

  it('takes a case under any name, and leaves alone what is none', async () => {
    const found = await find({
      relu: { layer },
      helper: () => 1,
      Relu: class {},
      version: '1',
      nothing: null,
    })
    expect(found).toEqual([{ name: 'relu', layer }])
  })

  it('takes a pair of forward and backward as a layer, with what it says of its inputs', async () => {
    const pair = { ...layer, inputs: [2] }
    expect(await find({ double: pair })).toEqual([{ name: 'double', layer: pair, inputs: [2] }])
  })

  it('takes a module that exports forward and backward as the layer itself', async () => {
    const [found] = await find(layer)
    expect(found).toMatchObject({ name: 'my-layer.js', layer })
  })

  it('looks into what a CommonJS module exports, once', async () => {
    const cases = [{ layer }]
    expect(await find({ default: { cases }, cases })).toHaveLength(1)
    expect(await find({ default: { cases, relu: { layer } } })).toHaveLength(2)
  })

  it('throws for something in a list that is no case', async () => {
    await expect(find({ cases: [{ layer }, { layr: layer }] })).rejects.toThrow(
      /cases\[1\] is no case: .*layer/,
    )
  })

  it('finds nothing in a module without cases', async () => {
    expect(await find({ default: class Relu {}, other: 1 })).toEqual([])
  })
})
