import { availableParallelism, cpus, release, type } from 'node:os'
import manifest from '../../package.json' with { type: 'json' }
import type { Facts } from './facts.ts'

/** On what a run ran. */
export const machine = ({ backend, threads }: { backend: string; threads: number }): Facts => ({
  processor: cpus()[0]?.model.trim() || process.arch,
  cores: availableParallelism(),
  system: `${type()} ${release()}, ${process.arch}`,
  'Node.js': process.version,
  backend,
  threads,
  'gosa-trainer': manifest.version,
})
