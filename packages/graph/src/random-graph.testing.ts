import { full, type NumberOrTensor } from '@gosa/linalg'
import fc from 'fast-check'
import { applyLayer, type Expression, type Graph, graphOf, inputNode } from './index.ts'
import { addValues } from './values.ts'

/** A layer that adds any number of inputs, numbers or tensors. */
const sum = (count: number) => ({
  forward: (...inputs: NumberOrTensor[]) => inputs.reduce(addValues),
  backward: (dout: NumberOrTensor) => new Array(count).fill(dout),
})

const names = fc.string({ unit: 'grapheme', maxLength: 40 })

/** Random graphs of 2 to `maxNodes` nodes with any names, numbers or tensors of one shape, and values used several times. */
export const randomGraph = (maxNodes = 50): fc.Arbitrary<Graph> =>
  fc
    .record({
      shape: fc.option(fc.array(fc.nat(30), { minLength: 1, maxLength: 2 })),
      inputs: fc.array(fc.record({ label: names, value: fc.double() }), { minLength: 1, maxLength: 12 }),
      operations: fc.array(
        fc.record({ label: names, picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }) }),
        {
          maxLength: maxNodes - 14,
          size: 'max',
        },
      ),
    })
    .map(({ shape, inputs, operations }) => {
      const parts: Expression[] = inputs.map(({ label, value }, i) =>
        inputNode(`x${i}`, shape ? full(shape, value) : value, { label }),
      )
      const unused = new Set(parts)
      for (const { label, picks } of operations) {
        const used = picks.map((pick) => parts[pick % parts.length])
        const part = applyLayer(sum(used.length), used, { label })
        for (const one of used) unused.delete(one)
        parts.push(part)
        unused.add(part)
      }
      const last = [...unused]
      const dout = shape ? full(shape, -0.5) : 1
      return graphOf(last.length === 1 ? last[0] : applyLayer(sum(last.length), last, { label: '+' }), {
        dout,
      })
    })
