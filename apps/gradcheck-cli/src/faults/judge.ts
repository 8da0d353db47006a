import type { Verdict } from '@gosa/gradcheck'
import { type Case, checkLayered } from '../cases/case.ts'
import { BASELINES, type Baseline } from './baselines.ts'
import type { Fault } from './fault.ts'
import { plantedFaults } from './planted-faults.ts'
import { randomCase } from './random-cases.ts'

/*
 * Judges planted faults and random correct cases, in a worker, by our checker and by the rules of others.
 */

/** How a case was judged: our verdict, and whether the rules of others accept it as correct. */
export interface Judgement {
  readonly name: string
  readonly verdict: Verdict
  readonly acceptedBy: Readonly<Record<Baseline, boolean>>
}

const faultsBySeed = new Map<number, Fault[]>()

/** The planted faults whose name contains `only`; made once per thread and seed. */
export function selectFaults(seed: number, only = ''): Fault[] {
  const faults = faultsBySeed.get(seed) ?? plantedFaults(seed)
  faultsBySeed.set(seed, faults)
  return faults.filter(({ name }) => name.includes(only))
}

/** Judges planted faults. */
export const judgeFaults = (faults: readonly Fault[]): Judgement[] =>
  faults.map((fault) => judge(fault.name, fault.case))

/** Judges the random correct cases with indices from `from` to `to`. */
export const judgeTrials = (seed: number, from: number, to: number): Judgement[] =>
  Array.from({ length: to - from }, (_, i) => {
    const trial = randomCase(seed, from + i)
    return judge(`${trial.name}, number ${from + i} of seed ${seed}`, trial)
  })

function judge(name: string, given: Case): Judgement {
  const acceptedBy = { book: BASELINES.book(given), pytorch: BASELINES.pytorch(given) }
  return { name, verdict: verdictOn(given), acceptedBy }
}

/** The checker's verdict. A case whose code throws fails. */
function verdictOn(given: Case): Verdict {
  try {
    return checkLayered(given, {}).verdict
  } catch {
    return 'fail'
  }
}
