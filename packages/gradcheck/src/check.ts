import { createRng, type NumberOrTensor } from '@gosa/linalg'
import { compareVariables, isWrong, type VariableComparison } from './compare/compare-variables.ts'
import { hasInfluence, isZeroByBothMethods } from './compare/influence.ts'
import { type ComparisonRules, resolveRules } from './compare/rules.ts'
import { checkTies } from './compare/ties.ts'
import { explainWrongGradient } from './diagnose/explain.ts'
import { checkAccumulation } from './properties/accumulation.ts'
import { checkDeterminism, checkFinite, checkMutation, checkShapeAndDtype } from './properties/basic.ts'
import { checkLinearity, checkOtherDouts } from './properties/dout.ts'
import type { CheckContext, PropertyCheck } from './properties/property-check.ts'
import { checkSymmetry } from './properties/second-order.ts'
import { checkNearbyInputs, checkState, checkStateAtEnd } from './properties/state.ts'
import { buildEntry, buildNotes, buildReport } from './report/build-report.ts'
import { ScalarObjective } from './subject/objective.ts'
import type { Operation } from './subject/operation.ts'
import { measureResolution } from './subject/resolution.ts'
import { withRestoredOperands } from './subject/restore.ts'
import { randomDout } from './subject/test-values.ts'
import { valueLike } from './subject/values.ts'
import type { CheckOptions } from './types/options.ts'
import type { Finding, Report } from './types/report.ts'

/**
 * The steps that `checkLayer`, `checkLoss` and `checkNetwork` share: property checks, comparison of the
 * gradients, causes, report.
 */

/** The subject of a check. */
export interface CheckSubject {
  /** The operation as it was given: its properties are checked. */
  readonly operation: Operation
  /** A copy in float64, or the same operation: its gradients are compared. */
  readonly preciseOperation: Operation
  /** Further properties that only this kind of subject has. */
  readonly furtherProperties?: PropertyCheck
}

/**
 * The whole check: properties of the operation as it was given, gradients of its float64 copy, causes of wrong gradients,
 * and finally the properties that matter only if the gradients are right.
 */
export function check(subject: CheckSubject, options: CheckOptions): Report {
  const { operation, preciseOperation, furtherProperties } = subject
  const { method = 'richardson', mode = 'full', seed = 0, properties = true } = options
  const dtype = preciseOperation.variables.some(({ value }) => value.dtype === 'float32')
    ? 'float32'
    : 'float64'
  const rules = resolveRules(options)
  const context = createContext(operation, options)
  const findings = properties ? [...runPropertyChecks(context), ...(furtherProperties?.(context) ?? [])] : []
  const common = { name: options.name ?? operation.name, method, mode, dtype, seed } as const
  if (findings.some(isNonFinitePass))
    return buildReport({ ...common, entries: [], findings, unchecked: [], notes: operation.notes ?? [] })
  const precise = preciseOperation === operation ? context : createContext(preciseOperation, options)
  const compared = compareVariables(precise.objective, rules, options)
  const vacuous = new Set(
    compared.filter((one) => isZeroByBothMethods(one) && !hasInfluence(precise.objective, one.variable)),
  )
  const entries = compared.map((one) => {
    const cause = isWrong(one) ? explainWrongGradient(one, compared, precise.objective) : undefined
    return buildEntry(one, { cause, isVacuous: vacuous.has(one) })
  })
  if (properties) findings.push(...checkTies(precise.objective, compared, rules))
  if (properties) findings.push(...runChecksOfRightGradients(precise, compared, rules))
  if (properties && findings.length === 0 && !compared.some(isWrong))
    findings.push(...checkStateAtEnd(precise))
  const unchecked = properties ? operation.findUncheckedWeights() : []
  const notes = [
    ...(operation.notes ?? []),
    ...buildNotes(compared, mode, { epsilon: precise.objective.epsilon, unchecked, vacuous }),
  ]
  return buildReport({ ...common, entries, findings, unchecked, notes })
}

const DOUTS = 3

function createContext(operation: Operation, options: CheckOptions): CheckContext {
  return withRestoredOperands(operation, () => {
    const rng = createRng(options.seed ?? 0)
    const output = firstOutput(operation)
    const douts = Array.from({ length: DOUTS }, () =>
      operation.takesDout ? randomDout(output, rng) : valueLike(output, () => 1),
    )
    const { accumulates } = options
    const objective = new ScalarObjective({ operation, dout: douts[0], accumulates })
    const firstGradients = objective.analyticGradients()
    const resolution = measureResolution(objective, rng)
    return { operation, objective: objective.at({ resolution }), douts, options, firstGradients }
  })
}

/** The first pass has other inputs, so that anything kept from it forever shows in later passes. */
function firstOutput(operation: Operation): NumberOrTensor {
  try {
    return operation.forwardOtherInputs()
  } catch {
    return operation.forward()
  }
}

/** Without determinism and finite values, further properties mean nothing. */
function runPropertyChecks(context: CheckContext): Finding[] {
  const basic = [...checkMutation(context), ...checkDeterminism(context), ...checkFinite(context)]
  if (basic.some(({ name }) => name === 'not-repeatable' || name === 'not-finite')) return basic
  return [
    ...basic,
    ...checkShapeAndDtype(context),
    ...checkLinearity(context),
    ...checkAccumulation(context),
    ...checkState(context),
  ]
}

/** Whether an input, a weight or the output is not finite: then there is nothing to compare. */
const isNonFinitePass = ({ name, variable }: Finding): boolean =>
  name === 'not-finite' && !variable?.startsWith('gradient')

function runChecksOfRightGradients(
  context: CheckContext,
  compared: readonly VariableComparison[],
  rules: ComparisonRules,
): Finding[] {
  const right = compared.filter((one) => !isWrong(one)).map(({ variable }) => variable)
  const { secondOrder = true, seed = 0 } = context.options
  return [
    ...checkOtherDouts(context, right, rules),
    ...checkNearbyInputs(context, right, rules),
    ...(secondOrder && right.length === context.operation.variables.length
      ? checkSymmetry(context.objective, rules, seed)
      : []),
  ]
}
