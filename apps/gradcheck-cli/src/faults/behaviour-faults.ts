import type { LayerLike } from '@gosa/gradcheck'
import { Tensor } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import type { Subject, Value } from './tamper.ts'

/** A way in which a layer or a loss can misbehave, whatever it computes. */
export interface BehaviourFault {
  readonly name: string
  readonly spoil: (layer: Required<Pick<Subject, 'forward' | 'backward'>> & Subject) => Partial<Subject>
}

const map = (value: Value, change: (number: number) => number): Value =>
  value instanceof Tensor ? new Tensor(value.data.map(change), value.shape) : change(value)

/** Writes into a tensor; numbers cannot be written into. */
function write(value: unknown): void {
  if (value instanceof Tensor) value.data[0] += 0.25
}

const copyOf = (value: unknown): unknown => (value instanceof Tensor ? value.clone() : value)

const shapeOf = ([x]: readonly unknown[]): string => (x instanceof Tensor ? x.shape.join() : '')

export const BEHAVIOUR_FAULTS: readonly BehaviourFault[] = [
  { name: 'dout is ignored', spoil: (layer) => ({ backward: (dout) => layer.backward(map(dout, () => 1)) }) },
  {
    name: 'dout counts by its size',
    spoil: (layer) => ({ backward: (dout) => layer.backward(map(dout, Math.abs)) }),
  },
  {
    name: 'dout is squared',
    spoil: (layer) => ({ backward: (dout) => layer.backward(map(dout, (each) => each * each)) }),
  },
  {
    name: 'backward writes into dout',
    spoil: (layer) => ({
      backward(dout) {
        const gradients = layer.backward(dout)
        write(dout)
        return gradients
      },
    }),
  },
  {
    name: 'forward writes into its input',
    spoil: (layer) => ({
      forward(...inputs) {
        const y = layer.forward(...inputs)
        write(inputs[0])
        return y
      },
    }),
  },
  {
    name: 'backward writes into the input',
    spoil(layer) {
      let kept: unknown
      return {
        forward(...inputs) {
          kept = inputs[0]
          return layer.forward(...inputs)
        },
        backward(dout) {
          const gradients = layer.backward(dout)
          write(kept)
          return gradients
        },
      }
    },
  },
  {
    name: 'backward writes into a weight',
    spoil: (layer) => ({
      backward(dout) {
        const gradients = layer.backward(dout)
        write(layer.parameters?.()[0]?.value)
        return gradients
      },
    }),
  },
  {
    name: 'backward answers for the first forward of its shape for ever',
    spoil(layer) {
      const first = new Map<string, unknown[]>()
      let shape = ''
      return {
        forward(...inputs) {
          shape = shapeOf(inputs)
          if (!first.has(shape)) first.set(shape, inputs.map(copyOf))
          return layer.forward(...inputs)
        },
        backward(dout) {
          layer.forward(...(first.get(shape) ?? []))
          return layer.backward(dout)
        },
      }
    },
  },
  {
    name: 'backward answers for the forward before the latest',
    spoil(layer) {
      let [before, latest]: unknown[][] = []
      return {
        forward(...inputs) {
          before = latest
          latest = inputs.map(copyOf)
          return layer.forward(...inputs)
        },
        backward(dout) {
          layer.forward(...(before && shapeOf(before) === shapeOf(latest) ? before : latest))
          return layer.backward(dout)
        },
      }
    },
  },
  {
    name: 'gradients are added up',
    spoil(layer) {
      let sum: Value[] = []
      return {
        backward(dout) {
          const gradients = layer.backward(dout)
          const listed = (Array.isArray(gradients) ? gradients : [gradients]) as Value[]
          sum = listed.map((gradient, i) => plus(gradient, sum[i]))
          return Array.isArray(gradients) ? sum : sum[0]
        },
      }
    },
  },
  {
    name: 'forward is not repeatable',
    spoil(layer) {
      let passes = 0
      return { forward: (...inputs) => map(layer.forward(...inputs), (each) => each + 1e-3 * passes++) }
    },
  },
]

function plus(a: Value, b: Value | undefined): Value {
  if (a instanceof Tensor)
    return new Tensor(
      a.data.map((each, i) => each + (b instanceof Tensor ? b.data[i] : 0)),
      a.shape,
    )
  return a + (typeof b === 'number' ? b : 0)
}

/** The case with a layer or loss that misbehaves; undefined for a network, which has no `dout`. */
export function misbehaving(given: Case, { spoil }: BehaviourFault): Case | undefined {
  const subject = (given.layer ?? given.loss) as Subject | undefined
  if (!subject?.forward || !subject.backward) return undefined
  const layer = {
    forward: subject.forward.bind(subject),
    backward: subject.backward.bind(subject),
    parameters: () => subject.parameters?.() ?? [],
  }
  const spoilt = { ...layer, ...spoil(layer) } as unknown as LayerLike
  return given.layer ? { ...given, layer: spoilt } : { ...given, loss: spoilt }
}
