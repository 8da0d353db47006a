export type { Method } from './numeric/step.ts'
export { type NumericalGradientOptions, numericalGradient } from './numerical-gradient.ts'
export { relativeError } from './relative-error.ts'
