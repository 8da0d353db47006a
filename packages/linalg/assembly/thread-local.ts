/**
 * Scratch memory of one thread, 256 bytes. Each thread has its own instance of the module, all on one shared memory, so
 * this address must differ between them. The first 208 bytes receive the last panel of a row (see `sparse-row.ts`), the
 * bytes from `COUNTS` on the lengths of the present columns (see `columns.ts`).
 */
export let threadLocal: usize = memory.data(256, 16)

/** Offset in bytes of four 32-bit integers in `threadLocal`. */
export const COUNTS: usize = 208

/** Makes this instance use another address: that of its thread. */
export function setThreadLocal(address: usize): void {
  threadLocal = address
}
