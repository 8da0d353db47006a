export { type NumericalGradientOptions, numericalGradient } from './numerical-gradient.ts'
export { relativeError } from './relative-error.ts'
export type { Method } from './step.ts'
