import { Dropout } from '@gosa/layers'
import { createRng, div, map, mul, type Tensor } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'
import { withReplacedGradients } from './replaced-gradients.ts'

/*
 * Faulty examples: common mistakes in dropout, written out. Each has the same mask in every pass of the check.
 */

const RATIO = 0.4
/** The factor of the elements that inverted dropout keeps. */
const SCALE = 1 / (1 - RATIO)

/** Common mistakes in Dropout, in training. */
export const faultyDropouts = ({ values }: RandomValues): Fault[] => {
  const dropout = (name: string, dxOf: (dout: Tensor, mask: Tensor, x: Tensor) => Tensor): Fault => {
    const layer = withReplacedGradients(
      new Dropout({ ratio: RATIO, rng: createRng(1) }),
      ({ x, y, dout }) => ({
        x: dxOf(dout, div(y, x), x),
      }),
    )
    return {
      name: `Dropout: ${name}`,
      case: { name, layer, x: values(4, 5), options: { train: true } },
    }
  }
  const anotherMask = new Dropout({ ratio: RATIO, rng: createRng(2) })
  const { randomState } = anotherMask
  return [
    dropout('the mask is missing', (dout) => dout.clone()),
    dropout('the mask of another pass', (dout) => {
      anotherMask.randomState = randomState
      return anotherMask.forward(dout, { train: true }).clone()
    }),
    dropout('the gradient is not enlarged', (dout, mask) =>
      mul(
        dout,
        map(mask, (one) => one / SCALE),
      ),
    ),
    dropout('the gradient is divided where it is enlarged', (dout, mask) =>
      mul(
        dout,
        map(mask, (one) => one / SCALE ** 2),
      ),
    ),
    dropout('the gradient is enlarged twice', (dout, mask) =>
      mul(
        dout,
        map(mask, (one) => one * SCALE),
      ),
    ),
    dropout('the mask is inverted', (dout, mask) =>
      mul(
        dout,
        map(mask, (one) => SCALE - one),
      ),
    ),
    dropout('the mask of the first sample for all', (dout, mask) => mul(dout, mask.row(0))),
    dropout('the mask is that of dout', (dout, mask) =>
      map(dout, (one, i) => (one > 0 ? one * mask.data[i] : 0)),
    ),
    dropout('the mask is multiplied by x', (dout, mask, x) => mul(dout, mul(mask, x))),
  ]
}
