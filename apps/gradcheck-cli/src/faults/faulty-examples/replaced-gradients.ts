import type { Layer } from '@gosa/layers'
import type { Tensor } from '@gosa/linalg'

/*
 * The frame of faulty examples: a correct layer, in which some gradients are replaced by wrong ones.
 */

/** What a mistake is made of: the tensors of a pass, and the correct gradient of x. */
export interface Pass {
  readonly x: Tensor
  readonly y: Tensor
  readonly dout: Tensor
  readonly dx: Tensor
}

/** Wrong gradients, by name: `x` for that of the input, else that of the weight with this name. */
export type WrongGradients = Readonly<Record<string, Tensor>>

/** Returns a layer with the `forward`, weights, buffers and random state of a correct one, and some wrong gradients. */
export function withReplacedGradients(correct: Layer, replace: (pass: Pass) => WrongGradients): object {
  let [x, y]: Tensor[] = []
  let wrong: WrongGradients = {}
  return {
    forward(input: Tensor, options?: { train?: boolean }) {
      x = input
      y = correct.forward(x, options)
      return y
    },
    backward(dout: Tensor) {
      const dx = correct.backward(dout)
      wrong = replace({ x, y, dout, dx })
      return wrong.x ?? dx
    },
    parameters: () =>
      correct.parameters().map((parameter) => ({
        name: parameter.name,
        value: parameter.value,
        get grad() {
          return wrong[parameter.name] ?? parameter.grad
        },
      })),
    buffers: () => correct.buffers?.() ?? [],
    get randomState() {
      return correct.randomState
    },
    set randomState(state) {
      correct.randomState = state
    },
  }
}
