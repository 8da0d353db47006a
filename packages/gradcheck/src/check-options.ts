import { checkOptions } from '@gosa/linalg/options'
import type { CheckOptions } from './types/options.ts'

/** An entry for each option, which the compiler demands. */
const KNOWN: Readonly<Record<keyof CheckOptions, true>> = {
  name: true,
  seed: true,
  method: true,
  h: true,
  mode: true,
  samples: true,
  directions: true,
  tolerance: true,
  atKink: true,
  accumulates: true,
  independent: true,
  train: true,
  reseed: true,
  notDifferentiable: true,
  secondOrder: true,
  properties: true,
  onProgress: true,
}

/** Returns the options of a check. Throws a `TypeError` that begins with `caller` for one that does not exist. */
export const checkCheckOptions = (caller: string, options: CheckOptions | undefined): CheckOptions =>
  checkOptions<CheckOptions>(caller, options, Object.keys(KNOWN) as (keyof CheckOptions)[])
