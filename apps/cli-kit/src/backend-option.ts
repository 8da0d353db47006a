import { backends, setBackend } from '@gosa/linalg'
import { type Command, Option } from 'commander'

export interface BackendOptions {
  backend: string
}

/** Adds `--backend`: which kernels compute. */
export const addBackendOption = (command: Command): Command =>
  command.addOption(
    new Option('--backend <name>', 'which kernels compute').choices(backends()).default('wasm'),
  )

/** Chooses the kernels for the whole program. */
export const useBackend = ({ backend }: BackendOptions): void => setBackend(backend)
