import type { Verdict } from '@gosa/gradcheck'
import type { Case } from '../cases/case.ts'
import { checkCase } from '../cases/check-case.ts'
import type { Fault } from './fault.ts'
import { plantedFaults } from './planted.ts'
import { randomCase } from './random-case.ts'
import { RIVALS, type Rival } from './rivals.ts'

/** How a case was judged: by us, and whether others take it for right. */
export interface Judged {
  readonly name: string
  readonly verdict: Verdict
  readonly accepted: Readonly<Record<Rival, boolean>>
}

const kept = new Map<number, Fault[]>()

/** All faults for a seed, or those in whose name `only` stands; made once in a thread. */
export function faultsFor(seed: number, only = ''): Fault[] {
  const faults = kept.get(seed) ?? plantedFaults(seed)
  kept.set(seed, faults)
  return faults.filter(({ name }) => name.includes(only))
}

/** Judges planted faults. */
export const judgeFaults = (faults: readonly Fault[]): Judged[] =>
  faults.map((fault) => judge(fault.name, fault.case))

/** Judges correct code, by the numbers of `randomCase`. */
export const judgeTrials = (seed: number, from: number, to: number): Judged[] =>
  Array.from({ length: to - from }, (_, i) => {
    const trial = randomCase(seed, from + i)
    return judge(`${trial.name}, number ${from + i} of seed ${seed}`, trial)
  })

function judge(name: string, given: Case): Judged {
  const accepted = { book: RIVALS.book(given), pytorch: RIVALS.pytorch(given) }
  return { name, verdict: verdictOn(given), accepted }
}

/** A case whose code throws does not pass. */
function verdictOn(given: Case): Verdict {
  try {
    return checkCase(given, {}).verdict
  } catch {
    return 'fail'
  }
}
