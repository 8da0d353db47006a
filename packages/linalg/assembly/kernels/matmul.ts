import { TILE_ROWS, tile } from '../tile'

/** Maximum size of a `B` that stays in the L1 cache, beside the rows of `A` and `C`. */
const MAX_L1_BYTES: i32 = 24 * 1024

/**
 * `C = A·B`, or `C += A·B` to continue with the next block of k. `A` is (m, k), `C` (m, n), both row-major and contiguous;
 * `panels` is `B` (k, n), packed by `pack`.
 *
 * A small `B` stays in the L1 cache, so each four rows of `A` meet all of it; of a large `B` one panel stays there, and
 * all rows of `A` meet it before the next.
 */
export function multiply<T>(
  a: usize,
  panels: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
): void {
  const width = <i32>(32 / sizeof<T>())
  const aStride = <usize>k * sizeof<T>()
  const cStride = <usize>n * sizeof<T>()
  if (k * n * <i32>sizeof<T>() <= MAX_L1_BYTES) {
    for (let i = 0; i < m; i += TILE_ROWS) {
      for (let j = 0; j < n; j += width) {
        tileAt<T>(a, aStride, panels, k, c, cStride, i, j, m, n, accumulate)
      }
    }
  } else {
    for (let j = 0; j < n; j += width) {
      for (let i = 0; i < m; i += TILE_ROWS) {
        tileAt<T>(a, aStride, panels, k, c, cStride, i, j, m, n, accumulate)
      }
    }
  }
}

/** Computes the tile whose first element is C[i, j]. */
function tileAt<T>(
  a: usize,
  aStride: usize,
  panels: usize,
  k: i32,
  c: usize,
  cStride: usize,
  i: i32,
  j: i32,
  m: i32,
  n: i32,
  accumulate: bool,
): void {
  const width = <i32>(32 / sizeof<T>())
  tile<T>(
    a + <usize>i * aStride,
    aStride,
    panels + <usize>(j * k) * sizeof<T>(),
    k,
    c + <usize>i * cStride + <usize>j * sizeof<T>(),
    cStride,
    min(TILE_ROWS, m - i),
    min(width, n - j),
    accumulate,
  )
}
