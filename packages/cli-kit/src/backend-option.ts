import { backends, setBackend } from '@gosa/linalg'
import { setThreads } from '@gosa/linalg/node'
import { type Command, Option } from 'commander'
import { wholeNumber } from './number-option.ts'

export interface BackendOptions {
  backend: string
  threads?: number
}

/** Adds `--backend`: which kernels compute. */
export const addBackendOption = (command: Command): Command =>
  command.addOption(
    new Option('--backend <name>', 'which kernels compute').choices(backends()).default('wasm'),
  )

/** Adds `--threads`: how many compute. */
export const addThreadsOption = (command: Command): Command =>
  command.addOption(
    new Option('--threads <n>', 'how many threads share large products out; the bits are the same')
      .argParser(wholeNumber({ min: 1, max: 64 }))
      .default(1),
  )

/** Chooses the kernels, and how many threads they use, for the whole program. */
export function useBackend({ backend, threads = 1 }: BackendOptions): void {
  setBackend(backend)
  setThreads(threads)
}
