import type { CheckOptions } from '../options.ts'
import type { Finding } from '../report/report.ts'
import type { Operation } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import type { Value } from '../subject/types.ts'

/** What a look at one property is given. */
export interface Context {
  readonly operation: Operation
  readonly scalar: Scalar
  /** Random `dout`s, in the shape of the output. */
  readonly douts: readonly Value[]
  readonly options: CheckOptions
}

/** Looks at one property; an empty list means that it holds. */
export type Look = (context: Context) => Finding[]
