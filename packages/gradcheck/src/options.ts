import type { Method } from './numeric/step.ts'

/** How a check is made. Everything has a default; the same options give the same report, bit for bit. */
export interface CheckOptions {
  /** What the report calls the thing checked; by default the name of its class. */
  name?: string
  /** Of the random `dout`s, samples and directions; 0 by default. */
  seed?: number
  /** How the numerical gradient is found; `'richardson'` by default. In doubt the other means are used as well. */
  method?: Method
  /** The step of the method, for every entry; by default it suits dtype, method and size. */
  h?: number
  /**
   * `'full'`, every entry, by default; `'sampled'`, some entries of each variable; `'projected'`, whole variables along
   * random directions, and every entry of those that disagree.
   */
  mode?: 'full' | 'sampled' | 'projected'
  /** How many entries `'sampled'` looks at, shared out over the variables; 200 by default. */
  samples?: number
  /** How many directions `'projected'` takes for each variable; 3 by default. */
  directions?: number
  /**
   * A fixed rule in place of error estimates and kinks: `|analytic − numerical| ≤ atol + rtol·|numerical|`, as PyTorch's
   * gradcheck has it.
   */
  tolerance?: { rtol: number; atol: number }
  /**
   * What is right at a kink: anything between the slopes from the left and from the right, by default; or that of one side
   * only, where it is declared (the book's ReLU, 0 at 0, is `'left'`).
   */
  atKink?: 'between' | 'left' | 'right'
  /** Declares that `backward` adds to the gradients of the parameters, where it otherwise must replace them. */
  accumulates?: boolean
  /** Declares that rows (samples) do not influence each other, so that a batch must equal its rows one by one. */
  independent?: boolean
  /** Handed to `forward` as `{ train }`. */
  train?: boolean
  /** Called before each `forward`, to put random numbers or running statistics back to where they were. */
  reseed?: () => void
  /** Whether the derivatives of the gradients are looked at as well: they must be symmetric. True by default. */
  secondOrder?: boolean
  /** Whether anything but the gradients' values is looked at (see `FindingName`). True by default. */
  properties?: boolean
  /** Told now and then how many entries are done. */
  onProgress?: (progress: { done: number; total: number }) => void
}
