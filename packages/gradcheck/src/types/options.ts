import type { NumericalMethod } from '../numeric/finite-differences.ts'
import type { CheckMode } from './report.ts'

/** The options of a check, all optional. The same options give the same report, bit for bit. */
export interface CheckOptions {
  /** The name in the report; by default the name of the class. */
  name?: string
  /** Seed of the random `dout`s, samples and directions; 0 by default. */
  seed?: number
  /** The numerical method of the first estimate, `'richardson'` by default. In doubt all methods are used. */
  method?: NumericalMethod
  /** The step for every entry; by default chosen by dtype, method and the magnitude of the entry. */
  h?: number
  /**
   * `'full'` compares every entry (default); `'sampled'` some entries of each variable; `'projected'` whole variables
   * along random directions, and every entry of those that disagree.
   */
  mode?: CheckMode
  /** Number of entries compared by `'sampled'`, distributed over the variables; 200 by default. */
  samples?: number
  /** Number of directions for each variable in `'projected'`; 3 by default. */
  directions?: number
  /**
   * A fixed tolerance in place of error estimates and kinks: `|analytic − numerical| ≤ atol + rtol·|numerical|`, as in
   * PyTorch's gradcheck.
   */
  tolerance?: { rtol: number; atol: number }
  /**
   * Which gradient is right at a kink: any between the left and the right derivative (default), or exactly one of the two
   * (the book's ReLU, 0 at 0, is `'left'`).
   */
  atKink?: 'between' | 'left' | 'right'
  /** Whether `backward` adds to the gradients of the parameters; by default it must replace them. */
  accumulates?: boolean
  /** Layers only: whether rows (samples) are independent of each other, so that a batch must equal its rows one by one. */
  independent?: boolean
  /** Layers and losses only: passed to `forward` as `{ train }`. Networks with `buffers()` or `randomState` are checked in training. */
  train?: boolean
  /**
   * Layers and losses only: called before each `forward`, to restore random generators or running statistics. By default those
   * that the layer exposes, in `randomState` and `buffers()`, are restored.
   */
  reseed?: () => void
  /** Functions only: the names of inputs that are passed on but not differentiated by, such as indices and masks. */
  notDifferentiable?: readonly string[]
  /** Whether the second derivatives are checked for symmetry; true by default. */
  secondOrder?: boolean
  /** Whether properties besides the values of the gradients are checked (see `FindingName`); true by default. */
  properties?: boolean
  /** Called after each entry with the number of entries done. */
  onProgress?: (progress: { done: number; total: number }) => void
}
