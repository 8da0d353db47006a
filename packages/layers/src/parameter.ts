import type { Tensor } from '@gosa/linalg'
import type { Parameter } from './layer.ts'

/** A handle on a weight: `grad` is asked for anew each time, so it is always that of the latest `backward`. */
export const parameter = (name: string, value: Tensor, grad: () => Tensor): Parameter => ({
  name,
  value,
  get grad() {
    return grad()
  },
})
