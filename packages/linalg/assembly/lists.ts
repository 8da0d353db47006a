import { clear, multiplyCodedPanel, multiplyList, panelWidth } from './list'

/**
 * So many columns of `C = A·B`, whose rows and those of `B` have n, for an `A` that is given as coded lists, one for each
 * of its m rows: row i has `starts[i + 1] − starts[i]` elements, and its list begins `3·starts[i]` bytes behind `lists`:
 * first the places, two bytes each, then the numbers of the values in `palette`, a byte each.
 * All rows pass a panel of `B` before the next one, so that it stays in the processor's cache.
 */
export function multiplyLists<T>(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  lists: usize,
  palette: usize,
): void {
  const width = panelWidth<T>(n)
  const end = <usize>columns * sizeof<T>()
  for (let at: usize = 0; at < end; at += width) {
    let row = c
    for (let i: usize = 0; i < <usize>m; i++) {
      const count = countAt(starts + (i << 2))
      const places = lists + 3 * load<i32>(starts + (i << 2))
      multiplyCodedPanel<T>(places + 2 * count, places, palette, count, b, row, n, at, end)
      row += <usize>n * sizeof<T>()
    }
  }
}

function countAt(starts: usize): i32 {
  return load<i32>(starts, 4) - load<i32>(starts)
}

/**
 * Turns the lists of k rows, as they are given to `multiplyLists`, to plain lists of the m columns, for `multiplyTurned`.
 * What each column has is counted, from which follows where its list begins, and each element is put there, row after
 * row: their values to `values`, their places to `places`. `turned` is for `m + 2` numbers.
 */
export function turn<T>(
  starts: usize,
  lists: usize,
  palette: usize,
  m: i32,
  k: i32,
  turned: usize,
  values: usize,
  places: usize,
): void {
  countColumns(starts, lists, k, m, turned)
  for (let row = 0; row < k; row++, starts += 4) {
    const count = countAt(starts)
    const columns = lists + 3 * load<i32>(starts)
    const codes = columns + 2 * count
    for (let p: usize = 0; p < <usize>count; p++) {
      // Behind a column's number stands where its next element goes, and at last where the next column begins.
      const next = turned + ((<usize>load<u16>(columns + 2 * p)) << 2)
      const to = load<i32>(next, 4)
      store<i32>(next, to + 1, 4)
      const value = load<T>(palette + <usize>load<u8>(codes + p) * sizeof<T>())
      store<T>(values + <usize>to * sizeof<T>(), value)
      store<i32>(places + <usize>to * sizeof<T>(), row)
    }
  }
}

/** `C = A·B` or `C += A·B` for an `A` of m rows that are given as `turn` lists them. */
export function multiplyTurned<T>(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  places: usize,
): void {
  for (let i = 0; i < m; i++, starts += 4) {
    const start = <usize>load<i32>(starts) * sizeof<T>()
    const count = countAt(starts)
    // A pixel that is 0 in all images has nothing to add.
    if (count > 0) multiplyList<T>(values + start, places + start, count, b, c, n, accumulate)
    else if (!accumulate) clear(c, <usize>n * sizeof<T>())
    c += <usize>n * sizeof<T>()
  }
}

/** Writes to number `i + 1` of `to` where column i begins when all are put one after the other. */
function countColumns(starts: usize, lists: usize, rows: i32, columns: i32, to: usize): void {
  memory.fill(to, 0, (<usize>columns + 2) << 2)
  for (let row = 0; row < rows; row++, starts += 4) {
    const count = countAt(starts)
    const places = lists + 3 * load<i32>(starts)
    for (let p: usize = 0; p < <usize>count; p++) {
      const counter = to + ((<usize>load<u16>(places + 2 * p)) << 2)
      store<i32>(counter, load<i32>(counter, 8) + 1, 8)
    }
  }
  for (let column = 0; column < columns; column++, to += 4) {
    store<i32>(to, load<i32>(to, 4) + load<i32>(to, 8), 8)
  }
}
