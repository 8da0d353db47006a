/**
 * Maximum size of a row of `A` that is compacted to its nonzero elements, in bytes: it limits the depth of a block
 * (`MAX_DEPTH_BYTES` of `src/kernels/wasm/matmul.ts`).
 */
export const MAX_COMPACTED_BYTES: usize = 4096

/** Offset in bytes of four 32-bit integers in `threadLocal`. */
export const COUNTS: usize = 0

/** Offset in bytes of the compacted rows or columns in `threadLocal`: eight of the maximum size, and gaps. */
export const COMPACTED: usize = 64

/** Size of `threadLocal` in bytes; the threads of `src/kernels/threads/` read it. */
export const threadLocalBytes: i32 = <i32>(COMPACTED + 8 * MAX_COMPACTED_BYTES + 448)

/**
 * Scratch memory of one thread. Each thread has its own instance of the module, all on one shared memory, so this address
 * must differ between them. The bytes from `COUNTS` on hold the lengths of compacted columns, those from `COMPACTED` on
 * their elements.
 */
export let threadLocal: usize = memory.data(33_280, 16)

/** Makes this instance use another address: that of its thread. */
export function setThreadLocal(address: usize): void {
  threadLocal = address
}
