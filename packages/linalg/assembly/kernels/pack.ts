/**
 * Packs `B` (k, n) into panels as wide as a tile, one after the other. A panel holds its part of each of the k rows in
 * order, so that a tile reads it sequentially. The last panel is padded with whatever follows in memory, in columns that
 * are never stored.
 */
export function pack<T>(b: usize, panels: usize, k: i32, n: i32): void {
  const width = <i32>(32 / sizeof<T>())
  const stride = <usize>n * sizeof<T>()
  for (let j = 0; j < n; j += width) {
    let from = b + <usize>j * sizeof<T>()
    for (let l = 0; l < k; l++) {
      v128.store(panels, v128.load(from))
      v128.store(panels, v128.load(from, 16), 16)
      from += stride
      panels += 32
    }
  }
}
