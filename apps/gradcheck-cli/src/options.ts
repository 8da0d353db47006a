import { addBackendOption, finiteNumber, integer, usageError } from '@gosa/cli-kit'
import type { CheckOptions } from '@gosa/gradcheck'
import { type Command, Option } from 'commander'
import { texts } from './texts.ts'

/*
 * The options of `gosa-gradcheck`: their types, their declarations with the texts of `--help`, and which exclude each
 * other.
 */

/** The options besides those that every command has. */
export interface GradcheckOptions {
  data: string
  dataDir?: string
  suite?: boolean
  faults?: boolean
  trials: number
  corpus?: 'planted' | 'second'
  only?: string
  method?: NonNullable<CheckOptions['method']>
  mode?: NonNullable<CheckOptions['mode']>
  step?: number
  rtol?: number
  atol?: number
  threads?: number
  backend: string
  junit?: string
  html?: string
  watch?: boolean
  budget?: number
  format?: 'text' | 'github'
}

/** Declares the options. */
export function addGradcheckOptions(program: Command): Command {
  const { help } = texts()
  const options = [
    new Option('--suite', help.suite),
    new Option('--faults', help.faults),
    new Option('--trials <n>', help.trials).argParser(integer({ min: 0 })).default(1000),
    new Option('--corpus <name>', help.corpus).choices(['planted', 'second']),
    new Option('--only <text>', help.only),
    new Option('--method <name>', help.method).choices(['central', 'five-point', 'richardson']),
    new Option('--mode <name>', help.mode).choices(['full', 'sampled', 'projected']),
    new Option('--step <h>', help.step).argParser(finiteNumber({ min: 0, exclusiveMin: true })),
    new Option('--rtol <r>', help.rtol).argParser(finiteNumber({ min: 0 })),
    new Option('--atol <a>', help.atol).argParser(finiteNumber({ min: 0 })),
    new Option('--data <set>', help.data).default('digits'),
    new Option('--data-dir <folder>', help.dataDir),
    new Option('--threads <n>', help.threads).argParser(integer({ min: 1, max: 256 })),
    new Option('--junit <file>', help.junit),
    new Option('--html <file>', help.html),
    new Option('--budget <seconds>', help.budget).argParser(finiteNumber({ min: 0, exclusiveMin: true })),
    new Option('--format <name>', help.format).choices(['text', 'github']),
    new Option('--watch', help.watch),
  ]
  for (const option of options) program.addOption(option)
  return addBackendOption(program)
}

/** The defaults of `torch.autograd.gradcheck`. */
const PYTORCH_TOLERANCE = { rtol: 1e-3, atol: 1e-5 }

/** The options of the checks that the command line sets; the others are left to the case. */
export function toCheckOptions(
  { method, mode, step, rtol, atol }: GradcheckOptions,
  seed: number | undefined,
): CheckOptions {
  const hasTolerance = rtol !== undefined || atol !== undefined
  const tolerance = hasTolerance ? { ...PYTORCH_TOLERANCE, ...withoutUndefined({ rtol, atol }) } : undefined
  return withoutUndefined({ method, mode, h: step, seed, tolerance })
}

const withoutUndefined = <T extends object>(object: T): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>

/** Throws a usage error for options that exclude each other, or that have no effect. */
export function rejectContradictions(
  options: GradcheckOptions,
  modules: readonly string[],
  given: ReadonlySet<string>,
): void {
  const { suite, faults, watch, only } = options
  const { wrong } = texts()
  const isBookCheck = !suite && !faults && modules.length === 0
  if (suite && faults) throw usageError(wrong.exclude)
  if ((suite || faults) && modules.length > 0) {
    throw usageError(wrong.takesNoModules(suite ? '--suite' : '--faults'))
  }
  const fixedByFaults = (
    ['method', 'mode', 'step', 'rtol', 'atol', 'budget', 'format', 'junit', 'html'] as const
  ).find((name) => options[name] !== undefined)
  if (faults && fixedByFaults) {
    throw usageError(wrong.fixedByFaults(`--${fixedByFaults}`))
  }
  if (only !== undefined && isBookCheck) {
    throw usageError(wrong.onlyForBook)
  }
  for (const name of ['trials', 'corpus']) {
    if (given.has(name) && !faults) throw usageError(wrong.needsFaults(`--${name}`))
  }
  const dataOption = given.has('data') ? '--data' : given.has('dataDir') ? '--data-dir' : undefined
  if (dataOption && !isBookCheck) {
    throw usageError(wrong.dataOption(dataOption))
  }
  if (watch && modules.length === 0) throw usageError(wrong.watch)
  if (options.budget !== undefined && options.mode !== undefined) throw usageError(wrong.budget)
}
