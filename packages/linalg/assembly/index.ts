/**
 * The entry of the module: the kernels for both dtypes, which `build.mjs` exports from the functions of `kernels/`, and
 * what the memory needs to know. Kernels take addresses in bytes; `src/kernels/wasm/` copies operands into this memory and
 * results out of it. Kernels write exactly their result, but may read up to 255 bytes beyond the end of an operand.
 */
import { initShuffleMasks } from './kernels/sparse-rows'

export * from './exports.generated'
export { setThreadLocal, threadLocalBytes } from './thread-local'

/** Start of the memory after the module's own data. */
export const dataEnd: usize = __heap_base

initShuffleMasks()
