import type { Rng } from '@gosa/linalg'
import { isFlat, isPureNoise, medianOf, noiseOf, valuesAt } from '../numeric/noise.ts'
import type { ScalarObjective } from './objective.ts'
import { withRestoredTensors } from './restore.ts'

/**
 * The resolution of a function: the relative size of the irregular part of its values. It is coarser than the dtype of the
 * variables if the function computes in float32 inside, or iterates until a tolerance is met.
 */

/** The distances between values on a line, as parts of the variables: from the finest on, until the values differ. */
const SPACINGS = [-44, -40, -36, -32, -28, -26, -24, -22, -20].map((exponent) => 2 ** exponent)
const LINES = 3
/** Noise below this part of the values is ordinary rounding; noise above counts as steps of the function. */
const [MIN_RELATIVE_NOISE, MAX_RELATIVE_NOISE] = [2 ** -42, 2 ** -21]
/** Where all outputs are float32 numbers, errors of float32 may be enlarged by cancellation. */
const MAX_NOISE_OF_FLOAT32 = 2 ** -12
/** The relative rounding error of one operation, in standard deviations of the noise. */
const EPSILONS_PER_DEVIATION = 4

/**
 * The relative rounding error that the values of L show: the median over lines through the point, along which all
 * variables move in proportion to themselves. 0 if no more noise
 * shows than that of float64.
 */
export function measureResolution(objective: ScalarObjective, rng: Rng): number {
  const tensors = objective.operation.variables.map(({ value }) => value)
  const noises = Array.from({ length: LINES }, () =>
    withRestoredTensors(tensors, () => noiseAlong(objective, randomLine(objective, rng))),
  )
  const noise = medianOf(noises) / objective.deviationScale
  const most = objective.hasFloat32Outputs ? MAX_NOISE_OF_FLOAT32 : MAX_RELATIVE_NOISE
  const isCoarse = noise >= MIN_RELATIVE_NOISE && noise <= most
  return isCoarse ? EPSILONS_PER_DEVIATION * noise : 0
}

/**
 * Moves all variables by t, each entry by a random part of itself. These parts are powers of 2, so that the sums are exact: the
 * rounding of the variables would show as noise where a function is steep.
 */
function randomLine({ operation }: ScalarObjective, rng: Rng): (t: number) => void {
  const lines = operation.variables.map(({ value: { data } }) => {
    const start = data.slice()
    return { data, start, direction: start.map((x) => partOf(x, rng)) }
  })
  return (t) => {
    for (const { data, start, direction } of lines) {
      for (let i = 0; i < data.length; i++) data[i] = start[i] + t * direction[i]
    }
  }
}

const partOf = (x: number, rng: Rng): number =>
  x === 0 ? 0 : (rng.integer(2) === 0 ? 1 : -1) * 2 ** (Math.floor(Math.log2(Math.abs(x))) - rng.integer(3))

/** At the finest spacing only some outputs differ, so noise is measured at one this much wider too. */
const WIDER = 2 ** 4

/** The standard deviation of the noise where the values begin to differ; 0 if they never do, or are smooth. */
function noiseAlong(objective: ScalarObjective, moveTo: (t: number) => void): number {
  objective.startPerturbation()
  const valuesWith = (spacing: number): number[] =>
    valuesAt((k) => {
      moveTo(k * spacing)
      return objective.change()
    })
  const pureNoise = (values: readonly number[]): number => (isPureNoise(values) ? noiseOf(values) : 0)
  for (const spacing of SPACINGS) {
    const values = valuesWith(spacing)
    if (isFlat(values)) continue
    const noise = pureNoise(values)
    return noise === 0 ? 0 : Math.max(noise, pureNoise(valuesWith(WIDER * spacing)))
  }
  return 0
}
