/** `@gosa/gradcheck`: checks of layers, losses and networks, and numerical gradients. */

export type { LayerLike, LossLike, NetworkLike, NumberOrTensor, Parameter } from '@gosa/linalg'
export { checkGradient } from './check-gradient.ts'
export { checkHessian, type HessianForms } from './check-hessian.ts'
export { checkJacobian, type JacobianForms } from './check-jacobian.ts'
export { checkLayer } from './check-layer.ts'
export { checkLoss } from './check-loss.ts'
export { checkNetwork } from './check-network.ts'
export { derivative } from './numeric/derivative.ts'
export type { DerivativeEstimate } from './numeric/estimate.ts'
export type { NumericalMethod } from './numeric/finite-differences.ts'
export { relativeError } from './numeric/magnitude.ts'
export { type NumericalGradientOptions, numericalGradient } from './numeric/numerical-gradient.ts'
export type { CheckOptions } from './types/options.ts'
export type {
  CheckEntry,
  CheckMode,
  Finding,
  FindingName,
  Report,
  Verdict,
  WorstEntry,
} from './types/report.ts'
