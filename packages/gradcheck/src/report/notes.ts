import type { Comparison } from '../compare/compare.ts'
import { largestOf } from '../findings/close.ts'
import type { Variable } from '../subject/operation.ts'

/** What a reader of the report should bear in mind. */
export function notesOn(
  compared: readonly { readonly variable: Variable; readonly comparison: Comparison }[],
): string[] {
  const zero = compared.filter(({ comparison }) => comparison.outcome.length > 0 && isZero(comparison))
  const coarse = compared.filter(({ variable }) => variable.value.dtype === 'float32')
  const single = compared.filter(
    ({ variable: { kind, value } }) => kind === 'input' && value.rank > 1 && value.shape[0] === 1,
  )
  return [
    ...zero.map(
      ({ variable }) =>
        `the gradient of ${variable.name} is 0 throughout, which many a wrong one would be as well: check at other data`,
    ),
    ...single.map(
      ({ variable }) =>
        `${variable.name} holds one sample: a wrong sum or mean over samples cannot show; give two or more`,
    ),
    ...(coarse.length > 0 ? [precisionNote(coarse)] : []),
  ]
}

const isZero = ({ analytic, numerical, error }: Comparison): boolean =>
  analytic.every((claim, k) => claim === 0 && Math.abs(numerical[k]) <= error[k])

function precisionNote(coarse: Parameters<typeof notesOn>[0]): string {
  const share = Math.max(
    ...coarse.map(({ comparison }) => largestOf(comparison.error) / (largestOf(comparison.numerical) || 1)),
  )
  return (
    'checked in float32, since there is no astype that would give a float64 copy: gradients that are wrong by less than ' +
    `${share.toExponential(0)} of the largest may pass unnoticed`
  )
}
