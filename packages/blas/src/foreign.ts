/** Functions of installed libraries, called through koffi. The only file that knows koffi. */
import koffi from 'koffi'

/** A library that is loaded. */
export interface NativeLibrary {
  /** Returns a function of the library by its prototype in C, such as `int f(void *x)`, or `undefined` if there is none. */
  find(prototype: string): NativeFunction | undefined
}

export type NativeFunction = (...values: unknown[]) => unknown

/** Loads a library by its file name or path; returns `undefined` if the system finds none. */
export function openLibrary(name: string): NativeLibrary | undefined {
  let library: ReturnType<typeof koffi.load>
  try {
    library = koffi.load(name)
  } catch {
    return undefined
  }
  return {
    find(prototype) {
      try {
        return library.func(prototype)
      } catch {
        return undefined
      }
    },
  }
}
