/**
 * `@gosa/linalg/options`: for authors of packages. Checks of what callers pass, whose errors name the function, what came and
 * what would fit.
 */
export { checkFunction, checkNumber, checkOptions, didYouMean, showValue } from './check-options.ts'
export { checkRng } from './tensor/rng.ts'
export { checkTensor } from './tensor/tensor.ts'
