import { type LayerLike, type NumberOrTensor, type Parameter, Tensor } from '@gosa/linalg'
import { copyOf, elementsOf, valueLike } from '../subject/values.ts'
import { asCallable, type CallableLayer, withParameters } from './faulty-layer.ts'

/** The standard faults of a layer or loss as a whole: `dout` or inputs confused, arguments written into, bad state. */

/** Wraps the forward and backward of a right layer in faulty ones. */
export type LayerFault = (right: CallableLayer) => CallableLayer

/** Wraps a layer in a faulty one with the same weights. */
export const applyLayerFault = (layer: LayerLike, fault: LayerFault): LayerLike =>
  withParameters(fault(asCallable(layer)), layer)

/** The faults by name. */
export const layerFaults: Readonly<Record<string, LayerFault>> = {
  'dout ignored': withDout(inEveryEntry(() => 1)),
  'absolute value of dout': withDout(inEveryEntry(Math.abs)),
  'dout squared': withDout(inEveryEntry((d) => d * d)),
  'constant added to dout': withDout(inEveryEntry((d) => d + 0.01)),
  'negative dout masked': withDout(inEveryEntry((d) => Math.max(0, d))),
  'last sample left out': withDout(rearrangeRows((row, N) => (row === N - 1 ? undefined : row))),
  'samples of dout reversed': withDout(rearrangeRows((row, N) => N - 1 - row)),
  'first input stored forever': withInputs((passes) => passes[0]),
  'inputs of the previous pass': withInputs((passes) => passes[Math.max(0, passes.length - 2)]),
  'backward writes into dout': (right) => ({
    forward: (...args) => right.forward(...args),
    backward(dout) {
      const gradient = right.backward(dout === undefined ? dout : copyOf(dout))
      corrupt(dout)
      return gradient
    },
  }),
  'backward writes into the input': (right) => {
    let input: Tensor | undefined
    return {
      forward(...args) {
        input = firstTensor(args)
        return right.forward(...args)
      },
      backward(dout) {
        const gradient = right.backward(dout)
        corrupt(input)
        return gradient
      },
    }
  },
  'forward writes into the input': (right) => ({
    forward(...args) {
      const output = right.forward(...copyTensors(args))
      corrupt(firstTensor(args))
      return output
    },
    backward: (dout) => right.backward(dout),
  }),
  'forward not repeatable': (right) => {
    let passes = 0
    return {
      forward(...args) {
        const output = right.forward(...args)
        return valueLike(output, (i) => elementsOf(output)[i] + 1e-3 * (++passes % 7))
      },
      backward: (dout) => right.backward(dout),
    }
  },
  'backward before forward returns': (right) => {
    let hasRun = false
    return {
      forward(...args) {
        hasRun = true
        return right.forward(...args)
      },
      backward: (dout) => (hasRun ? right.backward(dout) : dout),
    }
  },
}

/** The faults that only layers with weights can have, by name. */
export const weightFaults: Readonly<Record<string, (layer: LayerLike) => LayerLike>> = {
  'gradients accumulated': (layer) => {
    const right = asCallable(layer)
    const sums = new Map<string, Float64Array>()
    const parameters = layer.parameters?.bind(layer)
    const faulty: CallableLayer = {
      forward: (...args) => right.forward(...args),
      backward(dout) {
        const gradient = right.backward(dout)
        for (const { name, grad } of parameters?.() ?? []) {
          const sum = sums.get(name) ?? new Float64Array(grad.size)
          sums.set(
            name,
            sum.map((one, i) => one + grad.data[i]),
          )
        }
        return gradient
      },
    }
    return withParameters(faulty, layer, (parameter) => () => {
      const total = parameter.grad.clone()
      total.data.set(sums.get(parameter.name) ?? total.data)
      return total
    })
  },
  'backward writes into the weights': (layer) => {
    const right = asCallable(layer)
    const parameters = layer.parameters?.bind(layer) as (() => readonly Parameter[]) | undefined
    const faulty: CallableLayer = {
      forward: (...args) => right.forward(...args),
      backward(dout) {
        const gradient = right.backward(dout)
        for (const { value } of parameters?.() ?? []) value.data[0] += 0.01
        return gradient
      },
    }
    return withParameters(faulty, layer)
  },
}

/** `backward` gets another `dout` than it was called with. */
function withDout(change: (dout: NumberOrTensor) => NumberOrTensor): LayerFault {
  return (right) => ({
    forward: (...args) => right.forward(...args),
    backward: (dout = 1) => right.backward(change(dout)),
  })
}

function inEveryEntry(change: (d: number) => number): (dout: NumberOrTensor) => NumberOrTensor {
  return (dout) => valueLike(dout, (i) => change(elementsOf(dout)[i]))
}

/** Takes row `source(row, N)` of `dout` for each row; zeros if there is none. */
function rearrangeRows(
  source: (row: number, N: number) => number | undefined,
): (dout: NumberOrTensor) => NumberOrTensor {
  return (dout) => {
    if (!(dout instanceof Tensor) || dout.rank === 0) return dout
    const size = dout.size / dout.shape[0]
    return valueLike(dout, (i) => {
      const from = source(Math.floor(i / size), dout.shape[0])
      return from === undefined ? 0 : dout.data[from * size + (i % size)]
    })
  }
}

/** `backward` runs for the inputs of another pass, chosen from the first and the latest ones. */
function withInputs(choose: (passes: readonly (readonly unknown[])[]) => readonly unknown[]): LayerFault {
  return (right) => {
    const passes: (readonly unknown[])[] = []
    return {
      forward(...args) {
        passes.push(copyTensors(args))
        if (passes.length > 3) passes.splice(1, 1)
        return right.forward(...args)
      },
      backward(dout) {
        right.forward(...choose(passes))
        return right.backward(dout)
      },
    }
  }
}

const copyTensors = (args: readonly unknown[]): unknown[] =>
  args.map((one) => (one instanceof Tensor ? one.clone() : one))

const firstTensor = (args: readonly unknown[]): Tensor | undefined =>
  args.find((one): one is Tensor => one instanceof Tensor)

/** Writes into the first element of a tensor. */
function corrupt(value: unknown): void {
  if (value instanceof Tensor && value.size > 0) value.data[0] = 2 * value.data[0] + 1
}
