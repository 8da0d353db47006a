import type { KernelsFor } from '../wasm/kernels.ts'
import { setShare } from '../wasm/parallel.ts'
import { createTeam, type StartThread, type Team } from './thread-pool.ts'

/** More would not fit into the memory that they share. */
const MOST = 64

/** The teams at work, one for each module that computes; and of how many threads each consists. */
const teams = new Map<Uint8Array, Team>()
let count = 1

/** `setThreads` for an engine where threads are started thus. */
export const setThreadsWith =
  (start: StartThread) =>
  (n: number): void => {
    if (!Number.isInteger(n) || n < 1 || n > MOST) {
      throw new RangeError(`setThreads: ${n} is no number of threads: use 1 to ${MOST}`)
    }
    if (n === count) return
    dismiss()
    count = n
    if (n > 1) setShare((module) => kernelsOf(module, start))
  }

/** The team begins its work when it is first needed. */
function kernelsOf(module: Uint8Array<ArrayBuffer>, start: StartThread): KernelsFor {
  let team = teams.get(module)
  if (team?.failure) fail(team.failure)
  if (!team) {
    team = createTeam(module, count, start, fail)
    teams.set(module, team)
  }
  return team.kernelsFor
}

function fail(reason: string): never {
  const n = count
  dismiss()
  throw new Error(
    `setThreads: one of ${n} threads ${reason}; from here on one thread computes alone, unless setThreads is called again`,
  )
}

function dismiss(): void {
  for (const team of teams.values()) team.stop()
  teams.clear()
  setShare(undefined)
  count = 1
}
