import { usageError } from '@gosa/cli-kit'
import type { CheckOptions } from '@gosa/gradcheck'

/** What can be typed, besides what all commands have. */
export interface GradcheckOptions {
  data: string
  dataDir?: string
  suite: boolean
  faults: boolean
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
  watch: boolean
}

/** PyTorch's own. */
const TOLERANCE = { rtol: 1e-3, atol: 1e-5 }

/** What the command line says about how to check; what it does not say is left to the case. */
export function checkOptions(
  { method, mode, step, rtol, atol }: GradcheckOptions,
  seed: number | undefined,
): CheckOptions {
  const typed = {
    method,
    mode,
    h: step,
    seed,
    tolerance:
      rtol === undefined && atol === undefined ? undefined : { ...TOLERANCE, ...defined({ rtol, atol }) },
  }
  return defined(typed)
}

/** Without what is undefined. */
const defined = <T extends object>(object: T): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>

/** Throws a usage error for what cannot be asked for together. */
export function refuseContradictions(
  options: GradcheckOptions,
  modules: readonly string[],
  given: ReadonlySet<string>,
): void {
  const { suite, faults, watch, only } = options
  if (suite && faults) throw usageError('--suite and --faults are two commands; name one')
  if ((suite || faults) && modules.length > 0) {
    throw usageError(`--${suite ? 'suite' : 'faults'} checks what is built in, and takes no modules`)
  }
  const unused = (['method', 'mode', 'step', 'rtol', 'atol', 'junit', 'html'] as const).find(
    (name) => options[name] !== undefined,
  )
  if (faults && unused)
    throw usageError(`--${unused} does not go with --faults, which measures the checker as it is`)
  if (only !== undefined && !suite && !faults && modules.length === 0) {
    throw usageError("--only picks cases of modules, of --suite or of --faults; the book's check is one case")
  }
  if (given.has('trials') && !faults) throw usageError('--trials says nothing without --faults')
  const ofBook = (
    [
      ['data', '--data'],
      ['dataDir', '--data-dir'],
    ] as const
  ).find(([name]) => given.has(name))
  if (ofBook && (suite || faults || modules.length > 0)) {
    throw usageError(
      `${ofBook[1]} names the images of the book's check, which is made where nothing else is named`,
    )
  }
  if (watch && modules.length === 0) throw usageError('--watch needs a module to watch')
}
