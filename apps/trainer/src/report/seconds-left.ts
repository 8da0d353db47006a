import type { Now } from './observer.ts'

/** How long a run will still take at the speed that it has had. */
export const secondsLeft = (
  { iteration, samplesPerSecond }: Pick<Now, 'iteration' | 'samplesPerSecond'>,
  { iterations, batchSize }: { iterations: number; batchSize: number },
): number => ((iterations - iteration) * batchSize) / samplesPerSecond
