import { describe, expect, it } from 'vitest'
import { browserTest, runInChromium } from '../../../../../vitest.chromium.ts'
import { hashesOfResults, spreadNumbers } from './bits.testing.ts'

describe('the bits of the wasm backend', () => {
  // Recorded under Node 20 (V8 11.3) on x86-64; every other engine and processor must give the same.
  it('are the recorded ones in float32', () => {
    expect(hashesOfResults(spreadNumbers(new Float32Array(20_000)))).toMatchInlineSnapshot(`
      {
        "exp": "35a4640e",
        "log": "f4f6afde",
        "matmul": "2468d272",
        "matmul of mostly zeros": "3d6752a8",
        "sigmoid": "5d628db1",
        "tanh": "d9722995",
      }
    `)
  })

  it('are the recorded ones in float64', () => {
    expect(hashesOfResults(spreadNumbers(new Float64Array(20_000)))).toMatchInlineSnapshot(`
      {
        "exp": "38f6f99e",
        "log": "485a54f8",
        "matmul": "b2e66df3",
        "matmul of mostly zeros": "9433808b",
        "sigmoid": "fdaf389e",
        "tanh": "fb52e9f2",
      }
    `)
  })

  browserTest('are the same in Chromium', async () => {
    const module = `
      import { hashesOfResults, spreadNumbers } from './bits.testing.ts'
      export default () => [Float32Array, Float64Array].map((Kind) => hashesOfResults(spreadNumbers(new Kind(20_000))))`
    const expected = [Float32Array, Float64Array].map((Kind) =>
      hashesOfResults(spreadNumbers(new Kind(20_000))),
    )
    expect(await runInChromium(module, import.meta.url)).toEqual(expected)
  })
})
