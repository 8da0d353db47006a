import { showValue } from '@gosa/linalg/options'

/** Mistakes in the call of a check, told in words instead of by an error from inside. */

/** Throws a `TypeError` that begins with `caller` for a class, which can only be called with `new`. */
export function refuseClass(caller: string, kind: string, given: unknown): void {
  if (typeof given !== 'function' || !/^class\b/.test(Function.prototype.toString.call(given))) return
  const { name } = given
  throw new TypeError(
    `${caller}: expected a ${kind}, not ${showValue(given)}: pass new ${name}(…), or () => new ${name}(…)`,
  )
}

/** A call of `forward` with the given inputs. */
interface ForwardCall {
  /** The number of its parameters. */
  readonly parameters: number
  readonly inputs: number
  run(): unknown
}

/** Runs `forward` if it has more parameters than inputs, and says so in the message of the error that it throws. */
export function explainMissingInputs(caller: string, { parameters, inputs, run }: ForwardCall): void {
  if (parameters <= inputs) return
  try {
    run()
  } catch (error) {
    if (error instanceof Error) {
      const given = `${inputs} ${inputs === 1 ? 'input was' : 'inputs were'} given`
      error.message +=
        ` (${caller}: forward takes ${parameters} arguments, and ${given}: pass all in a list, [x, y]; a loss and its ` +
        'labels go to checkLoss(loss, x, t))'
    }
    throw error
  }
}
