import type { LayerFault } from './layer-faults.ts'

/**
 * The standard faults of layers whose training passes differ from their predictions, such as dropout and batch
 * normalization. They do not show in other layers.
 */

/** The faults by name. */
export const trainingFaults: Readonly<Record<string, LayerFault>> = {
  'mask of another pass': (right) => {
    let latest: readonly unknown[] = []
    return {
      forward(...args) {
        latest = args
        return right.forward(...args)
      },
      backward(dout) {
        right.forward(...latest)
        return right.backward(dout)
      },
    }
  },
  'gradient of the prediction': (right) => {
    let inputs: readonly unknown[] = []
    return {
      forward(...args) {
        inputs = args.filter((one) => !isTrainOption(one))
        return right.forward(...args)
      },
      backward(dout) {
        right.forward(...inputs)
        return right.backward(dout)
      },
    }
  },
}

const isTrainOption = (argument: unknown): boolean =>
  typeof argument === 'object' && argument !== null && 'train' in argument
