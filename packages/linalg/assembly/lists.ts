import { multiplyList, multiplyPanel, panelWidth } from './list'

/**
 * So many columns of `C = A·B`, whose rows and those of `B` have n, for an `A` that is given as lists, one for each of its
 * m rows, which follow one another: first the row's values, then their places. Row i has `starts[i + 1] − starts[i]` of
 * them; the list of the row whose start is `first` begins at `lists`.
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
  first: i32,
): void {
  const width = panelWidth<T>(n)
  const end = <usize>columns * sizeof<T>()
  lists += 2 * <usize>(load<i32>(starts) - first) * sizeof<T>()
  for (let at: usize = 0; at < end; at += width) {
    let values = lists
    let row = c
    for (let i: usize = 0; i < <usize>m; i++) {
      const count = countAt(starts + (i << 2))
      const places = values + <usize>count * sizeof<T>()
      multiplyPanel<T>(values, places, count, b, row, n, at, end, false)
      values = places + <usize>count * sizeof<T>()
      row += <usize>n * sizeof<T>()
    }
  }
}

function countAt(starts: usize): i32 {
  return load<i32>(starts, 4) - load<i32>(starts)
}

/**
 * Turns the lists of k rows, as they are given to `multiplyLists`, to lists of the m columns, for `multiplyTurned`. What
 * each column has is counted, from which follows where its list begins, and each element is put there, row after row:
 * their values to `values`, their places to `places`. `turned` is for `m + 2` numbers.
 */
export function turn<T>(
  starts: usize,
  lists: usize,
  m: i32,
  k: i32,
  turned: usize,
  values: usize,
  places: usize,
): void {
  countColumns<T>(starts, lists, k, m, turned)
  for (let row = 0; row < k; row++, starts += 4) {
    const bytes = <usize>countAt(starts) * sizeof<T>()
    for (let at: usize = 0; at < bytes; at += sizeof<T>()) {
      // Behind a column's number stands where its next element goes, and at last where the next column begins.
      const next = turned + (load<u32>(lists + bytes + at) << 2)
      const to = load<i32>(next, 4)
      store<i32>(next, to + 1, 4)
      store<T>(values + <usize>to * sizeof<T>(), load<T>(lists + at))
      store<i32>(places + <usize>to * sizeof<T>(), row)
    }
    lists += 2 * bytes
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
    // A pixel that is 0 in all images: nothing to add.
    if (count > 0 || !accumulate) multiplyList<T>(values + start, places + start, count, b, c, n, accumulate)
    c += <usize>n * sizeof<T>()
  }
}

/** Writes to number `i + 1` of `to` where column i begins when all are put one after the other. */
function countColumns<T>(starts: usize, lists: usize, rows: i32, columns: i32, to: usize): void {
  memory.fill(to, 0, (<usize>columns + 2) << 2)
  for (let row = 0; row < rows; row++, starts += 4) {
    const bytes = <usize>countAt(starts) * sizeof<T>()
    for (let at: usize = 0; at < bytes; at += sizeof<T>()) {
      const counter = to + (load<u32>(lists + bytes + at) << 2)
      store<i32>(counter, load<i32>(counter, 8) + 1, 8)
    }
    lists += 2 * bytes
  }
  for (let column = 0; column < columns; column++, to += 4) {
    store<i32>(to, load<i32>(to, 4) + load<i32>(to, 8), 8)
  }
}
