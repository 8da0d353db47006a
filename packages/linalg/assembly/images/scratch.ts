/** Size of the scratch memory of a thread for images; `IMAGE_SCRATCH_BYTES` of `src/kernels/wasm/memory.ts`. */
export const SCRATCH_BYTES: usize = 1 << 20

/** Size of its first part: the offsets of the pixels of a window, at most `MAX_DEPTH` of 4 bytes. */
const TABLE_BYTES: usize = 4096 + 64

/** Size of its second part: panels of windows, or rows of pixels. */
const PANELS_BYTES: usize = (1 << 16) + 256

/** Maximum number of pixels of a window that are multiplied at once. */
export const MAX_DEPTH: i32 = 1024

/** Size of what remains, for images with their border of padding and panels of `dout`. */
export const IMAGE_BYTES: usize = SCRATCH_BYTES - TABLE_BYTES - PANELS_BYTES - 256

let scratch: usize = 0

/** Sets the address of the scratch memory of this thread. */
export function setScratch(address: usize): void {
  scratch = address
}

export function tableAddress(): usize {
  return scratch
}

export function panelsAddress(): usize {
  return scratch + TABLE_BYTES
}

export function imageAddress(): usize {
  return scratch + TABLE_BYTES + PANELS_BYTES
}
