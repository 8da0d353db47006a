/** The backend in use, and the choice among those that this package contains. */
import { showValue } from '../check-options.ts'
import type { Backend } from './backend.ts'
import { js } from './js/index.ts'
import { createWasm } from './wasm/index.ts'

/** Each is created on first use; `wasm` is `js` if the engine lacks WebAssembly SIMD. */
const builtIn: Record<string, () => Backend> = {
  js: () => js,
  wasm: once(() => createWasm() ?? js),
}
let current: Backend | undefined

/** Returns the backend in use: `wasm`, unless `setBackend` chose another. */
export const backend = (): Backend => (current ??= builtIn.wasm())

/** Returns the names of the built-in backends. */
export const backends = (): string[] => Object.keys(builtIn)

/**
 * Sets the backend for the whole program, from the next operation on: by name, or an implementation of your own (the
 * interface is `Backend` of `@gosa/linalg/kernels`). Throws a `RangeError` for an unknown name, a `TypeError` for neither.
 */
export function setBackend(choice: string | Backend): void {
  if (typeof choice !== 'string') {
    if (typeof choice?.matmul !== 'function') {
      throw new TypeError(`setBackend: choice must be a name or a backend, not ${showValue(choice)}`)
    }
    current = choice
  } else if (Object.hasOwn(builtIn, choice)) {
    current = builtIn[choice]()
  } else {
    throw new RangeError(`setBackend: there is no backend '${choice}': use ${backends().join(', ')}`)
  }
}

function once<T>(create: () => T): () => T {
  let created: T | undefined
  return () => (created ??= create())
}
