import fc from 'fast-check'
import { apply, type Expression, type Graph, graphOf, input } from './index.ts'

/** Adds whatever it is given; a layer with any number of inputs. */
const sum = (count: number) => ({
  forward: (...inputs: number[]) => inputs.reduce((a, b) => a + b, 0),
  backward: (dout: number) => new Array(count).fill(dout),
})

const names = fc.string({ unit: 'grapheme', maxLength: 40 })

/** Graphs of 2 to `most` nodes, in which values are used any number of times, with any names and numbers. */
export const randomGraph = (most = 50): fc.Arbitrary<Graph> =>
  fc
    .record({
      inputs: fc.array(fc.record({ label: names, value: fc.double() }), { minLength: 1, maxLength: 12 }),
      operations: fc.array(
        fc.record({ label: names, picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }) }),
        {
          maxLength: most - 14,
          size: 'max',
        },
      ),
    })
    .map(({ inputs, operations }) => {
      const parts: Expression[] = inputs.map(({ label, value }, i) => input(`x${i}`, value, { label }))
      const unused = new Set(parts)
      for (const { label, picks } of operations) {
        const used = picks.map((pick) => parts[pick % parts.length])
        const part = apply(sum(used.length), used, { label })
        for (const one of used) unused.delete(one)
        parts.push(part)
        unused.add(part)
      }
      const last = [...unused]
      return graphOf(last.length === 1 ? last[0] : apply(sum(last.length), last, { label: '+' }))
    })
