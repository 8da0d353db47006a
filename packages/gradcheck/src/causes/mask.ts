import type { Candidate } from './evidence.ts'

/** `A` is NaN or infinite somewhere. */
export const notANumber: Candidate = ({ analytic, wrong }) => {
  const bad = wrong.filter((k) => !Number.isFinite(analytic[k])).length
  return bad > 0 ? `is not finite at ${count(bad)}` : undefined
}

/** Entries that should be 0 are not, or the reverse, or both, and all others are right. */
export const mask: Candidate = ({ analytic, numerical, wrong, is }) => {
  const shouldBeZero = (k: number): boolean => is(0, k)
  const someRight = numerical.some((_, k) => !shouldBeZero(k) && !wrong.includes(k))
  if (someRight && wrong.every(shouldBeZero)) {
    return `is not 0 at ${count(wrong.length)} where it should be: a mask is missing`
  }
  if (someRight && wrong.every((k) => analytic[k] === 0)) {
    return `is 0 at ${count(wrong.length)} where it should not be: left out, or masked too much`
  }
  if (!wrong.every((k) => shouldBeZero(k) !== (analytic[k] === 0))) return undefined
  const zeros = wrong.filter((k) => analytic[k] === 0).length
  const others = wrong.length - zeros
  if (zeros === 0 || others === 0) return undefined
  return wrong.length === numerical.length
    ? 'is 0 where it should not be, and the reverse: the mask is reversed'
    : `is 0 at ${count(zeros)} where it should not be, and not at ${others} where it should be: the mask is another one`
}

const count = (entries: number): string => (entries === 1 ? '1 entry' : `${entries} entries`)

/** `|A| = |N|`. */
export const signs: Candidate = ({ analytic, wrong, is }) =>
  wrong.every((k) => is(-analytic[k], k)) ? `has the wrong sign at ${count(wrong.length)}` : undefined

/** A few entries are wrong, less than half of them, by the same factor, or by whatever. */
export const few: Candidate = ({ analytic, numerical, wrong }) => {
  const n = numerical.length
  if (2 * wrong.length >= n || wrong.length > Math.max(3, n / 20)) return undefined
  const ratios = wrong.map((k) => analytic[k] / numerical[k])
  const same = ratios.every((ratio) => Math.abs(ratio - ratios[0]) <= 1e-5 * Math.abs(ratios[0]))
  const by =
    same && Number.isFinite(ratios[0])
      ? `, ${Number(ratios[0].toPrecision(6))} times what it should be there`
      : ''
  return `is right but for ${count(wrong.length)} of ${n}${by}`
}
