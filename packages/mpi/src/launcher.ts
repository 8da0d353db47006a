/** What a launcher such as `mpiexec` says of the job, in environment variables. */
import type { AbiName } from './abi.ts'

/** Environment variables by name, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A job, as its launcher announces it. */
export interface Launch {
  /** The number of processes. */
  readonly size: number
  /** The family of the launcher; undefined if it starts programs of several, as Slurm does. */
  readonly family?: AbiName
}

/** The variables in which launchers tell the number of processes; inside a job of Slurm, `mpiexec` is asked before Slurm. */
const SIZES: readonly (readonly [variable: string, family?: AbiName])[] = [
  ['OMPI_COMM_WORLD_SIZE', 'Open MPI'],
  ['PMI_SIZE', 'MPICH'],
  ['SLURM_STEP_NUM_TASKS'],
]

/** Returns the job that this process belongs to; `undefined` if no launcher started it. */
export function findLaunch(environment: Environment): Launch | undefined {
  for (const [variable, family] of SIZES) {
    const size = Number(environment[variable])
    if (size >= 1) return { size, family }
  }
  return undefined
}
