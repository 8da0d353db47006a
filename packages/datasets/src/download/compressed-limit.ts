/** More than this, no sensible compression takes: deflate adds 5 bytes to each block of 16 KiB that it cannot shrink. */
export const compressedLimit = (bytes: number): number => Math.ceil(bytes * 1.001) + 65_536
