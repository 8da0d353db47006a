/** The numerical gradient alone, for those who check nothing: a tenth of the whole to load. */

export type { Method } from './numeric/step.ts'
export { type NumericalGradientOptions, numericalGradient } from './numerical-gradient.ts'
