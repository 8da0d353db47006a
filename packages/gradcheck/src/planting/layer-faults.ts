import { Tensor } from '@gosa/linalg'
import type { LayerLike, Value } from '../subject/types.ts'
import { copyOf, numbersOf, valueLike } from '../subject/values.ts'

type Given = readonly unknown[]

/** A layer or loss with methods that can be called. */
export interface Callable {
  forward(...given: Given): Value
  backward(dout?: Value): unknown
}

/** What a faulty layer does in place of the right one. */
export type LayerFault = (right: Callable) => Callable

/** `backward` of the right layer for another `dout` than the given one. */
const withDout = (change: (dout: Value) => Value): LayerFault => {
  return (right) => ({
    forward: (...given) => right.forward(...given),
    backward: (dout = 1) => right.backward(change(dout)),
  })
}

const each =
  (change: (d: number) => number) =>
  (dout: Value): Value =>
    valueLike(dout, (i) => change(numbersOf(dout)[i]))

/** The given rows in another order, or without one. */
const rows =
  (change: (row: number, N: number) => number) =>
  (dout: Value): Value => {
    if (!(dout instanceof Tensor) || dout.rank === 0) return dout
    const size = dout.size / dout.shape[0]
    return valueLike(dout, (i) => {
      const from = change(Math.floor(i / size), dout.shape[0])
      return from < 0 ? 0 : dout.data[from * size + (i % size)]
    })
  }

/** `backward` of the right layer, but for the inputs that `choose` takes from those of all forward passes so far. */
const forInputs = (choose: (passes: readonly Given[]) => Given): LayerFault => {
  return (right) => {
    const passes: Given[] = []
    return {
      forward(...given) {
        passes.push(given.map((one) => (one instanceof Tensor ? one.clone() : one)))
        if (passes.length > 3) passes.splice(1, 1)
        return right.forward(...given)
      },
      backward(dout) {
        right.forward(...choose(passes))
        return right.backward(dout)
      },
    }
  }
}

const firstTensor = (given: Given): Tensor | undefined =>
  given.find((one): one is Tensor => one instanceof Tensor)

/** Changes an element of what was given. */
function spoil(value: unknown): void {
  if (value instanceof Tensor && value.size > 0) value.data[0] = 2 * value.data[0] + 1
}

/** The standard faults of a layer or loss as a whole, by name. */
export const layerFaults: Readonly<Record<string, LayerFault>> = {
  'dout ignored': withDout(each(() => 1)),
  'sign of dout lost': withDout(each(Math.abs)),
  'dout squared': withDout(each((d) => d * d)),
  'something added to dout': withDout(each((d) => d + 0.01)),
  'dout where positive only': withDout(each((d) => Math.max(0, d))),
  'last sample left out': withDout(rows((row, N) => (row === N - 1 ? -1 : row))),
  'samples of dout in reverse': withDout(rows((row, N) => N - 1 - row)),
  'first input kept for ever': forInputs((passes) => passes[0]),
  'one pass late': forInputs((passes) => passes[Math.max(0, passes.length - 2)]),
  'backward writes into dout': (right) => ({
    forward: (...given) => right.forward(...given),
    backward(dout) {
      const answer = right.backward(dout === undefined ? dout : copyOf(dout))
      spoil(dout)
      return answer
    },
  }),
  'backward writes into the input': (right) => {
    let input: Tensor | undefined
    return {
      forward(...given) {
        input = firstTensor(given)
        return right.forward(...given)
      },
      backward(dout) {
        const answer = right.backward(dout)
        spoil(input)
        return answer
      },
    }
  },
  'forward writes into the input': (right) => ({
    forward(...given) {
      const kept = given.map((one) => (one instanceof Tensor ? one.clone() : one))
      const output = right.forward(...kept)
      spoil(firstTensor(given))
      return output
    },
    backward: (dout) => right.backward(dout),
  }),
  'forward not repeatable': (right) => {
    let passes = 0
    return {
      forward(...given) {
        const output = right.forward(...given)
        return valueLike(output, (i) => numbersOf(output)[i] + 1e-3 * (++passes % 7))
      },
      backward: (dout) => right.backward(dout),
    }
  },
  'backward before forward answers': (right) => {
    let ready = false
    return {
      forward(...given) {
        ready = true
        return right.forward(...given)
      },
      backward: (dout) => (ready ? right.backward(dout) : dout),
    }
  },
}

/** As `LayerLike`, whose methods take whatever a layer takes. */
export const asCallable = (layer: LayerLike): Callable => layer as unknown as Callable
