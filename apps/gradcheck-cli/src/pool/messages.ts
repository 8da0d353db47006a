import type { Problem } from '../errors/problem.ts'

/** From the pool to a worker: do this, and answer with its id. */
export interface Task<Job> {
  readonly id: number
  readonly job: Job
}

/** From a worker to the pool: how far it is (0 to 1), what came out, or what was thrown. */
export type Answer<Result> =
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly result: Result }
  | { readonly id: number; readonly problem: Problem }
