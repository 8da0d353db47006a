import { ROWS, tile } from './tile'

/**
 * `C = A·B`, or `C += A·B` to go on with the next elements of k. `A` is (m, k), `C` (m, n), both row-major without
 * gaps; `panels` is `B` (k, n) as `pack` lays it out.
 *
 * A small `B` stays in the first cache, so each four rows of A meet all of it; of a large one, each panel does while
 * all rows pass.
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
  if (k * n * <i32>sizeof<T>() <= 24 * 1024) {
    for (let i = 0; i < m; i += ROWS) {
      for (let j = 0; j < n; j += width) {
        tileAt<T>(a, aStride, panels, k, c, cStride, i, j, m, n, accumulate)
      }
    }
  } else {
    for (let j = 0; j < n; j += width) {
      for (let i = 0; i < m; i += ROWS) {
        tileAt<T>(a, aStride, panels, k, c, cStride, i, j, m, n, accumulate)
      }
    }
  }
}

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
    min(ROWS, m - i),
    min(width, n - j),
    accumulate,
  )
}
