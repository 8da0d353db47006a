import { addBackendOption, finiteNumber, integer, usageError } from '@gosa/cli-kit'
import type { CheckOptions } from '@gosa/gradcheck'
import { type Command, Option } from 'commander'

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
}

/** Declares the options. */
export function addGradcheckOptions(program: Command): Command {
  const options = [
    new Option('--suite', 'check every built-in layer, loss and network'),
    new Option('--faults', 'measure the checker: it must catch every planted fault and pass correct code'),
    new Option('--trials <n>', 'number of random correct cases for --faults')
      .argParser(integer({ min: 0 }))
      .default(1000),
    new Option('--only <text>', 'check only the cases, or faults, whose name contains the text'),
    new Option(
      '--method <name>',
      "finite-difference method; by default richardson, for the book's check central",
    ).choices(['central', 'five-point', 'richardson']),
    new Option(
      '--mode <name>',
      'check every entry (full, the default), a random sample of entries, or projections on random directions',
    ).choices(['full', 'sampled', 'projected']),
    new Option('--step <h>', 'step size of the finite differences').argParser(
      finiteNumber({ min: 0, exclusiveMin: true }),
    ),
    new Option('--rtol <r>', "relative tolerance, by PyTorch's rule in place of error estimates").argParser(
      finiteNumber({ min: 0 }),
    ),
    new Option('--atol <a>', 'absolute tolerance of the same rule').argParser(finiteNumber({ min: 0 })),
    new Option(
      '--data <set>',
      "images of the book's check, as for gosa-trainer: digits (generated), mnist, …, or a folder",
    ).default('digits'),
    new Option(
      '--data-dir <folder>',
      'folder with the files of the data set (default: $GOSA_DATA_DIR, then your cache folder)',
    ),
    new Option('--threads <n>', 'number of worker threads (default: one per core)').argParser(
      integer({ min: 1, max: 256 }),
    ),
    new Option('--junit <file>', 'write the results as JUnit XML'),
    new Option('--html <file>', 'write the results as a page with heat maps of the gradients'),
    new Option('--watch', 'check again when a module changes'),
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
  const isBookCheck = !suite && !faults && modules.length === 0
  if (suite && faults) throw usageError('--suite and --faults exclude each other; give one')
  if ((suite || faults) && modules.length > 0) {
    throw usageError(`--${suite ? 'suite' : 'faults'} checks built-in code and takes no modules`)
  }
  const fixedByFaults = (['method', 'mode', 'step', 'rtol', 'atol', 'junit', 'html'] as const).find(
    (name) => options[name] !== undefined,
  )
  if (faults && fixedByFaults) {
    throw usageError(`--${fixedByFaults} has no effect with --faults, which measures the default checker`)
  }
  if (only !== undefined && isBookCheck) {
    throw usageError("--only selects cases of modules, --suite or --faults; the book's check is one case")
  }
  if (given.has('trials') && !faults) throw usageError('--trials has no effect without --faults')
  const dataOption = given.has('data') ? '--data' : given.has('dataDir') ? '--data-dir' : undefined
  if (dataOption && !isBookCheck) {
    throw usageError(`${dataOption} selects the images of the book's check and has no effect here`)
  }
  if (watch && modules.length === 0) throw usageError('--watch needs a module to watch')
}
