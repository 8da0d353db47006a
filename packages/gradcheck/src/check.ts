import { createRng } from '@gosa/linalg'
import { explain } from './causes/explain.ts'
import { type Compared, compareAll } from './compare/compare-all.ts'
import { type Rules, rulesFor } from './compare/rules.ts'
import type { Context } from './findings/context.ts'
import { look } from './findings/look.ts'
import { otherDouts } from './findings/other-douts.ts'
import { symmetry } from './findings/symmetry.ts'
import type { CheckOptions } from './options.ts'
import { entryOf } from './report/entry.ts'
import { makeReport } from './report/make-report.ts'
import { notesOn } from './report/notes.ts'
import type { Finding, Report } from './report/report.ts'
import type { Operation } from './subject/operation.ts'
import { Scalar } from './subject/scalar.ts'
import type { Value } from './subject/types.ts'
import { leftUntouched } from './subject/untouched.ts'
import { randomDout } from './subject/values.ts'

/** What is checked: the thing as it was given, and a copy in float64, or the same again. */
export interface Subject {
  readonly operation: Operation
  readonly precise: Operation
  /** Looks that only this kind of thing allows. */
  readonly looks?: (context: Context) => Finding[]
}

const DOUTS = 3

/** The whole check: properties of the thing as it is, values of the gradients on the copy, and what explains them. */
export function check({ operation, precise, looks }: Subject, options: CheckOptions): Report {
  const { method = 'richardson', mode = 'full', seed = 0, properties = true } = options
  const dtype = precise.variables.some(({ value }) => value.dtype === 'float32') ? 'float32' : 'float64'
  const rules = rulesFor(options, dtype)
  const context = contextOf(operation, options)
  const findings = properties ? [...look(context), ...(looks?.(context) ?? [])] : []
  const common = { name: options.name ?? operation.name, method, mode, dtype, seed } as const
  if (findings.some(({ name, variable }) => name === 'not-finite' && !variable?.startsWith('gradient'))) {
    return makeReport({ ...common, entries: [], findings, notes: [] })
  }
  const exact = precise === operation ? context : contextOf(precise, options)
  const compared = compareAll(exact.scalar, rules, options)
  const entries = compared.map((one) =>
    entryOf(one, isWrong(one) ? explain(one, compared, exact.scalar) : undefined),
  )
  if (properties) findings.push(...laterLooks(exact, compared, rules))
  return makeReport({ ...common, entries, findings, notes: notesOn(compared, mode) })
}

function contextOf(operation: Operation, options: CheckOptions): Context {
  return leftUntouched(operation, () => firstContext(operation, options))
}

function firstContext(operation: Operation, options: CheckOptions): Context {
  const rng = createRng(options.seed ?? 0)
  const output = firstOutput(operation)
  const douts = Array.from({ length: DOUTS }, () => (operation.takesDout ? randomDout(output, rng) : 1))
  const scalar = new Scalar(operation, douts[0], options)
  return { operation, scalar, douts, options }
}

/** Of other inputs, so that what is kept of the very first pass for ever shows in later ones. */
function firstOutput(operation: Operation): Value {
  try {
    return operation.forwardOther()
  } catch {
    return operation.forward()
  }
}

/** What is only worth looking at where the gradients are right so far. */
function laterLooks({ scalar, ...context }: Context, compared: readonly Compared[], rules: Rules): Finding[] {
  const right = compared.filter((one) => !isWrong(one)).map(({ variable }) => variable)
  const { secondOrder = true, seed = 0 } = context.options
  return [
    ...otherDouts({ scalar, ...context }, right, rules),
    ...(secondOrder && right.length === compared.length ? symmetry(scalar, rules, seed) : []),
  ]
}

const isWrong = ({ comparison }: Compared): boolean => comparison.outcome.includes('wrong')
