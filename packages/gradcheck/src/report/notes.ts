import type { Compared } from '../compare/compare-all.ts'
import { largestOf } from '../findings/close.ts'
import type { Entry } from './report.ts'

/** What a reader of the report should bear in mind. */
export function notesOn(compared: readonly Compared[], asked: Entry['mode']): string[] {
  const zero = compared.filter(({ comparison }) => comparison.outcome.length > 0 && isZero(comparison))
  const coarse = compared.filter(({ variable }) => variable.value.dtype === 'float32')
  const turned = compared.filter(({ mode }) => asked === 'projected' && mode === 'full')
  const single = compared.filter(
    ({ variable: { kind, value } }) => kind === 'input' && value.rank > 1 && value.shape[0] === 1,
  )
  return [
    ...turned.map(
      ({ variable }) => `${variable.name} disagreed along a random direction, so every entry was checked`,
    ),
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

const isZero = ({ analytic, numerical, error }: Compared['comparison']): boolean =>
  analytic.every((claim, k) => claim === 0 && Math.abs(numerical[k]) <= error[k])

function precisionNote(coarse: readonly Compared[]): string {
  const share = Math.max(
    ...coarse.map(({ comparison }) => largestOf(comparison.error) / (largestOf(comparison.numerical) || 1)),
  )
  return (
    'checked in float32, since there is no astype that would give a float64 copy: gradients that are wrong by less than ' +
    `${share.toExponential(0)} of the largest may pass unnoticed`
  )
}
