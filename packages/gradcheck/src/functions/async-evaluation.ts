import { type NumberOrTensor, Tensor } from '@gosa/linalg'
import { elementsOf } from '../subject/values.ts'
import type { CallWatch } from './calls.ts'
import type { Derivative, DerivativeForm } from './derivative-forms.ts'
import type { Evaluation } from './function-operation.ts'
import { argumentOf, type FunctionOutput, type FunctionSubject, readOutput } from './function-subject.ts'

/**
 * Asynchronous functions in a check that is synchronous. The check runs in rounds: it looks up what the functions returned at
 * each point, and where nothing is known yet it is given a linear guess. Then all points that were asked for are evaluated, and
 * the check runs again, until nothing is guessed any more. All steps of a derivative are asked for in the first round.
 */

/** What a check with asynchronous functions is made of. */
export interface AsyncCheck<T> {
  readonly subject: FunctionSubject
  readonly form: DerivativeForm
  readonly derivative: Derivative
  readonly watch: CallWatch
  /** Runs the check, once in each round. */
  run(evaluation: Evaluation): T
  onProgress?(progress: { done: number; total: number }): void
}

/** Runs a check with asynchronous functions. Rejects with what the functions throw, if the check passes it on. */
export async function runWithAsyncFunctions<T>(check: AsyncCheck<T>): Promise<T> {
  const { subject, form, derivative, watch, run, onProgress = () => {} } = check
  const call = derivative as (...args: unknown[]) => unknown
  const start = subject.differentiable.map(({ tensor }) => tensor)

  const evaluateOutput = async (tensors: readonly Tensor[]): Promise<FunctionOutput> => {
    const argument = argumentOf(subject, tensors)
    const returned = await subject.f(argument)
    watch.afterCall(subject.name, argument, tensors)
    return readOutput(subject.name, returned)
  }
  const first = await evaluateOutput(start)
  const evaluateDerivative = async (tensors: readonly Tensor[], dout: NumberOrTensor): Promise<unknown[]> => {
    const returned: unknown[] = []
    for (const args of form.calls(subject, tensors, first, dout)) {
      returned.push(await call(...args))
      watch.afterCall('the derivative', args[0], tensors)
    }
    return returned
  }

  const guess = linearGuess(start, first.tensor)
  const outputs = new ResultTable<FunctionOutput>()
  const derivatives = new ResultTable<unknown[]>()
  const evaluation: Evaluation = {
    output(tensors) {
      const copies = tensors.map((one) => one.clone())
      const found = outputs.lookUp(keyOf(tensors, start), () => evaluateOutput(copies))
      return found?.tensor ?? guess.output(tensors)
    },
    gradients(tensors, dout) {
      const copies = tensors.map((one) => one.clone())
      const point = keyOf(tensors, start)
      const key = form.takesDout ? `${point}|${elementsOf(dout).join()}` : point
      const returned = derivatives.lookUp(key, () => evaluateDerivative(copies, dout))
      if (!returned) return guess.gradients(tensors)
      const gradients = form.toGradients(subject, returned, first, dout)
      if (point === '') guess.learn(gradients, dout)
      return gradients
    },
  }

  for (let done = 1; ; ) {
    let finish: () => T
    try {
      const value = run(evaluation)
      finish = () => value
    } catch (error) {
      finish = () => {
        throw error
      }
    }
    const asked = [...outputs.takePending(), ...derivatives.takePending()]
    if (asked.length === 0) return finish()
    const total = done + asked.length
    for (const evaluate of asked) {
      await evaluate()
      onProgress({ done: ++done, total })
    }
  }
}

/** Results by key, of which those that are asked for and not there yet are remembered. */
class ResultTable<V> {
  readonly #results = new Map<string, () => V>()
  readonly #pending = new Map<string, () => Promise<void>>()

  /** Returns a result, or throws what its evaluation threw; undefined, and a note to evaluate it, if it is not there yet. */
  lookUp(key: string, evaluate: () => Promise<V>): V | undefined {
    const known = this.#results.get(key)
    if (known) return known()
    this.#pending.set(key, async () => {
      try {
        const value = await evaluate()
        this.#results.set(key, () => value)
      } catch (error) {
        this.#results.set(key, () => {
          throw error
        })
      }
    })
    return undefined
  }

  /** Returns the evaluations that are asked for, and forgets them. */
  takePending(): (() => Promise<void>)[] {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    return pending
  }
}

/** The values of a linear function through the first output, with the latest gradient known there. */
function linearGuess(start: readonly Tensor[], output: Tensor) {
  let slopes: Float64Array[] = start.map(({ size }) => new Float64Array(size))
  let weights: ArrayLike<number> = new Float64Array(output.size).fill(1)
  return {
    learn(gradients: readonly unknown[], dout: NumberOrTensor): void {
      slopes = gradients.map((one, k) => (one instanceof Float64Array ? one : slopes[k]))
      weights = dout instanceof Tensor ? dout.data : weights
    },
    output(tensors: readonly Tensor[]): Tensor {
      let change = 0
      for (const [k, slope] of slopes.entries()) {
        for (const [i, g] of slope.entries()) change += g * (tensors[k].data[i] - start[k].data[i])
      }
      const square = Array.from(weights).reduce((sum, weight) => sum + weight ** 2, 0)
      const guessed = output.clone()
      for (let i = 0; i < guessed.size; i++) guessed.data[i] += (change * weights[i]) / square
      return guessed
    },
    gradients: (tensors: readonly Tensor[]): Tensor[] =>
      tensors.map(({ shape, size }, k) => new Tensor(sized(slopes[k], size), shape)),
  }
}

const sized = (values: Float64Array, size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => values[i] ?? 0)

/** The entries that differ from the base point, with their values: '' for that point itself. */
function keyOf(tensors: readonly Tensor[], base: readonly Tensor[]): string {
  const parts: string[] = []
  for (const [k, { data, size }] of tensors.entries()) {
    if (size !== base[k].size) parts.push(`${k}#${size}`)
    for (let i = 0; i < size; i++)
      if (!Object.is(data[i], base[k].data[i])) parts.push(`${k},${i}:${data[i]}`)
  }
  return parts.join(';')
}
