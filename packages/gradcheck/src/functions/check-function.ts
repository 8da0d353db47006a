import { ones, Tensor } from '@gosa/linalg'
import { check } from '../check.ts'
import { buildReport } from '../report/build-report.ts'
import { acceptsInputs, type Operation } from '../subject/operation.ts'
import { elementsOf, entryName, isFloat32, toFloat64 } from '../subject/values.ts'
import type { CheckOptions } from '../types/options.ts'
import type { Finding, Report } from '../types/report.ts'
import { runWithAsyncFunctions } from './async-evaluation.ts'
import { type CallWatch, watchCalls } from './calls.ts'
import type { Derivative, DerivativeForm } from './derivative-forms.ts'
import { createDirectEvaluation } from './direct-evaluation.ts'
import { type Evaluation, functionOperation } from './function-operation.ts'
import { argumentOf, type FunctionSubject, readOutput, readSubject } from './function-subject.ts'
import { locateInJacobian } from './locate.ts'

/** The steps that `checkGradient`, `checkJacobian` and `checkHessian` share: from a function and its derivative to a report. */

/** `Report`, or a promise of it if a function returns a promise. */
export type ReportOf<Returned> = 0 extends 1 & Returned
  ? Report
  : [Extract<Returned, PromiseLike<unknown>>] extends [never]
    ? Report
    : Promise<Report>

/** A function and its derivative at x, checked in the given form. */
export interface FunctionCheck {
  /** The name of the public function, for errors. */
  readonly caller: string
  readonly f: unknown
  readonly derivative: Derivative
  readonly form: DerivativeForm
  readonly x: unknown
  /** Whether the output may be more than one number. */
  readonly hasManyOutputs: boolean
}

/** Checks a function; returns a promise of the report if f or the derivative does. */
export function checkFunctionOf(given: FunctionCheck, options: CheckOptions): Report | Promise<Report> {
  const { caller, form, derivative } = given
  const subject = readSubject(caller, given.f, given.x, options)
  const watch = watchCalls(subject)
  const run = (evaluation: Evaluation): Report => runCheck(given, { subject, watch, evaluation }, options)
  const probed = firstPromise(given, subject)
  if (!probed) return run(createDirectEvaluation(subject, form, derivative, watch))
  const { onProgress } = options
  return probed.then(() => runWithAsyncFunctions({ subject, form, derivative, watch, run, onProgress }))
}

/** The first promise that a call of the function or of its derivative returns; it waits for the call, and never rejects. */
function firstPromise(
  { caller, derivative, form, hasManyOutputs }: FunctionCheck,
  subject: FunctionSubject,
): Promise<unknown> | undefined {
  const tensors = subject.differentiable.map(({ tensor }) => tensor.clone())
  const returned = subject.f(argumentOf(subject, tensors))
  if (isPromise(returned)) return Promise.resolve(returned).catch(() => {})
  const output = readOutput(subject.name, returned)
  if (!hasManyOutputs && output.tensor.size !== 1) {
    throw new RangeError(
      `${caller}: ${subject.name} returned ${output.tensor.size} numbers, and the gradient is that of one: return their ` +
        'sum or mean, or use checkJacobian',
    )
  }
  const [args] = form.calls(subject, tensors, output, ones(output.tensor.shape))
  const differentiated = (derivative as (...args: unknown[]) => unknown)(...args)
  return isPromise(differentiated) ? Promise.resolve(differentiated).catch(() => {}) : undefined
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | undefined)?.then === 'function'

function runCheck(
  { hasManyOutputs }: FunctionCheck,
  { subject, watch, evaluation }: { subject: FunctionSubject; watch: CallWatch; evaluation: Evaluation },
  options: CheckOptions,
): Report {
  const start = subject.differentiable.map(({ tensor }) => tensor.clone())
  const operationAt = (tensors: readonly Tensor[]): Operation =>
    functionOperation(subject, evaluation, { takesDout: hasManyOutputs, tensors })
  const operation = operationAt(start)
  const undefinedAt = whereUndefined(operation)
  if (undefinedAt) return undecidedReport(operation, undefinedAt, options)
  const precise = start.some(isFloat32) ? operationAt(start.map(toFloat64)) : operation
  const preciseOperation = acceptsInputs(precise) ? precise : operation
  const furtherProperties = (): Finding[] => watch.findings()
  const report = check({ operation, preciseOperation, furtherProperties }, { ...options, name: subject.name })
  const located = hasManyOutputs ? locateInJacobian(preciseOperation, report) : []
  return located.length > 0 ? buildReport({ ...report, notes: [...report.notes, ...located] }) : report
}

/** Says where the function is not defined, although all inputs are finite. */
function whereUndefined({ name, forward, variables }: Operation): string | undefined {
  if (variables.some(({ value }) => !value.data.every(Number.isFinite))) return undefined
  const output = forward()
  const elements = elementsOf(output)
  const i = elements.findIndex((value) => !Number.isFinite(value))
  if (i < 0) return undefined
  const shape = output instanceof Tensor ? output.shape : []
  return `${entryName(name, i, shape)} is ${elements[i]} at these inputs, so there is no derivative to compare with: choose others`
}

function undecidedReport(
  { name, variables, notes = [] }: Operation,
  reason: string,
  options: CheckOptions,
): Report {
  const { method = 'richardson', mode = 'full', seed = 0 } = options
  const unchecked = variables.map((variable) => variable.name)
  const settings = { name, method, mode, dtype: 'float64', seed } as const
  return buildReport({ ...settings, entries: [], findings: [], unchecked, notes: [reason, ...notes] })
}
