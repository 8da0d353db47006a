/** `@gosa/gradcheck/numerical`: the numerical gradient alone, a tenth of the package to load. */

export type { NumericalMethod } from './numeric/finite-differences.ts'
export { type NumericalGradientOptions, numericalGradient } from './numeric/numerical-gradient.ts'
