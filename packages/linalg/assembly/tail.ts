/** Stores the first `bytes` bytes of a vector: a multiple of 4, less than 16. For the end of an array or a row. */
export function storeTail(to: usize, value: v128, bytes: usize): void {
  if (bytes & 8) {
    v128.store64_lane(to, value, 0)
    if (bytes & 4) v128.store32_lane(to, value, 2, 8)
  } else if (bytes & 4) {
    v128.store32_lane(to, value, 0)
  }
}
