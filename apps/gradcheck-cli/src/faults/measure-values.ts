import type { CheckEntry, CheckOptions, Report } from '@gosa/gradcheck'
import { checkLayered } from '../cases/case.ts'
import type { Fault } from './fault.ts'
import { plantedFaults } from './planted-faults.ts'

/*
 * Measures how well the comparison of values alone finds the planted faults, in full and along random directions; and how often a
 * cause that the checker names is false. `tools/measure-values.mjs` runs it.
 */

/** How many of the wrong gradients each rule finds, over several seeds. */
export interface ValueQuality {
  /** Faults that make at least 1 % of the entries of a gradient wrong, times seeds. */
  readonly trials: number
  readonly missedProjected: number
  /** The same along one direction with PyTorch's tolerances, as in its fast mode. */
  readonly missedPyTorchFast: number
  readonly missed: readonly string[]
  /** Causes named for faults of the catalogue whose cause is known, and those of them that are false. */
  readonly causes: number
  readonly falseCauses: readonly string[]
}

const MIN_SHARE_OF_WRONG_ENTRIES = 0.01

/** Values alone: no other property may give a fault away. */
const VALUES_ONLY: CheckOptions = { properties: false, secondOrder: false }

const PYTORCH_FAST: CheckOptions = {
  ...{ mode: 'projected', directions: 1, method: 'central', h: 1e-6 },
  tolerance: { rtol: 1e-3, atol: 1e-5 },
}

/** Measures every n-th planted fault, each with several seeds of the random directions. */
export function measureValues({
  every = 1,
  seeds = 1,
}: {
  every?: number
  seeds?: number
} = {}): ValueQuality {
  const faults = plantedFaults(0).filter((_, i) => i % every === 0)
  const quality = { trials: 0, missedProjected: 0, missedPyTorchFast: 0, causes: 0 }
  const [missed, falseCauses]: string[][] = [[], []]
  for (const fault of faults) {
    const full = reportOf(fault, {})
    if (!full) continue
    for (const { cause } of full.entries) {
      const isTrue = cause === undefined ? undefined : isTrueCause(fault, cause)
      if (isTrue === undefined) continue
      quality.causes++
      if (!isTrue) falseCauses.push(`${fault.name}: ${cause}`)
    }
    if (!full.entries.some(isMeasured)) continue
    for (let seed = 0; seed < seeds; seed++) {
      quality.trials++
      const projected = reportOf(fault, { mode: 'projected', seed })
      if (projected?.verdict === 'pass') {
        quality.missedProjected++
        missed.push(`${fault.name}, seed ${seed}`)
      }
      // A variable that disagrees along a direction is compared in full; PyTorch would stop there.
      const fast = reportOf(fault, { ...PYTORCH_FAST, seed })
      if (fast?.entries.every(({ mode }) => mode === 'projected')) quality.missedPyTorchFast++
    }
  }
  return { ...quality, missed, falseCauses }
}

const isMeasured = ({ wrong, compared }: CheckEntry): boolean =>
  wrong > 0 && wrong >= MIN_SHARE_OF_WRONG_ENTRIES * compared

/** The report, or undefined if the code throws. */
function reportOf({ case: given }: Fault, options: CheckOptions): Report | undefined {
  try {
    return checkLayered(given, { ...VALUES_ONLY, ...options })
  } catch {
    return undefined
  }
}

/** What a cause must say, for each fault of the catalogue that changes a gradient by a formula of its own. */
const TRUE_CAUSES: Readonly<Record<string, RegExp>> = {
  'wrong sign': /wrong sign/,
  'wrong sign of one entry': /wrong sign|right except for 1 entry/,
  'absolute value': /wrong sign/,
  twice: /twice|2 times|missing/,
  half: /half|2 times too small|0\.5 times/,
  '1 % too large': /1\.01 times/,
  '0.1 % too large': /1\.001 times/,
  'one entry 1 % too large': /right except for 1 entry|1\.01/,
  'one entry 0.1 % too large': /right except for 1 entry|1\.001/,
  'not divided by N': /times too large|times what|twice/,
  'divided by N': /times too small|times what|half/,
  zero: /is 0 /,
  'one entry zero': /is 0 /,
  'constant added': /constant added/,
  transposed: /transposed/,
  'off by one row': /off by one|shift/,
  'off by one column': /off by one|shift/,
  'last row not computed': /is 0 at|leaves out|is 0 everywhere/,
  'gradient of another variable': /is that of/,
  'dout itself': /dout itself|does not depend|is dout/,
  'dout divided by the derivative': /divided by/,
  'derivative squared': /twice/,
  'NaN at one entry': /not finite/,
  'dout ignored': /does not depend on dout|dout/,
  'last sample left out': /leaves out|is 0 at/,
  'first input stored forever': /earlier/,
  'inputs of the previous pass': /earlier/,
}

/** Whether a cause is true of a fault; undefined if the catalogue does not say what would be. */
function isTrueCause({ name }: Fault, cause: string): boolean | undefined {
  const fault = name.slice(name.lastIndexOf(': ') + 2)
  return TRUE_CAUSES[fault]?.test(cause)
}
