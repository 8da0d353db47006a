/** An MPI library, called through koffi. The only file that knows koffi. */
import koffi from 'koffi'

/** A library that is loaded. */
export interface MpiLibrary {
  /** The name or path under which it was loaded. */
  readonly file: string
  /** Returns a function by its prototype in C, such as `int f(void *x)`, or `undefined` if the library has none of this name. */
  find(prototype: string): ((...values: unknown[]) => unknown) | undefined
  /** Returns the address of a variable. Throws an `Error` if there is none of this name. */
  addressOf(variable: string): bigint
}

/**
 * Loads a library; returns `undefined` if the system finds none of this name. Its symbols are global, since the components of Open
 * MPI are libraries of their own that look for them.
 */
export function openLibrary(file: string): MpiLibrary | undefined {
  const library = attempt(() => koffi.load(file, { global: true }))
  return (
    library && {
      file,
      find: (prototype) => attempt(() => library.func(prototype)),
      addressOf: (variable) => library.symbol(variable),
    }
  )
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
