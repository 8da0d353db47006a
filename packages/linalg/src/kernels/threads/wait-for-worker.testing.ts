import { MODULE } from '../wasm/module.generated.ts'
import { decode } from '../wasm/module.ts'
import { areDone, publish, TAKEN } from './job-queue.ts'
import { createTeam, type StartThread } from './thread-pool.ts'
import type { Assignment } from './worker.ts'

/** Resolves when a thread that is started thus has done a whole job, of which this one does nothing. */
export async function othersWork(start: StartThread): Promise<boolean> {
  let assigned: Assignment | undefined
  const team = createTeam(
    decode(MODULE),
    2,
    (assignment, ended) => {
      assigned = assignment
      return start(assignment, ended)
    },
    (reason) => {
      throw new Error(reason)
    },
  )
  const { words } = assigned as unknown as Assignment
  const { start: place } = team.kernelsFor(new Float64Array())
  const [a, b, c] = [0, 1000, 2000].map((from) => 8 * (place + from))
  const numbers = [TAKEN, 5, 10, 0]
  publish(
    words,
    { product: 'multiply', wide: true, a, b, c, total: 50, unit: 4, aStep: 40, cStep: 80, numbers },
    2,
  )
  while (!areDone(words, 50)) await new Promise((resolve) => setTimeout(resolve, 10))
  team.stop()
  return true
}
