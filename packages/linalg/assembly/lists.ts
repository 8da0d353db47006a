import { multiplyList, multiplyPanel, panelWidth } from './list'

/**
 * `C = A·B` or `C += A·B` for an `A` that is given as lists, one for each row, which follow one another from `lists` on:
 * first the row's values, then their places. Row i has `starts[i + 1] − starts[i]` of them.
 * All rows pass a panel of `B` before the next one, so that it stays in the processor's cache.
 */
export function multiplyLists<T>(
  starts: usize,
  lists: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
): void {
  const width = panelWidth<T>(n)
  for (let at: usize = 0; at < <usize>n * sizeof<T>(); at += width) {
    let values = lists
    let row = c
    for (let i: usize = 0; i < <usize>m; i++) {
      const count = countAt(starts + (i << 2))
      const places = values + <usize>count * sizeof<T>()
      multiplyPanel<T>(values, places, count, b, row, n, at, accumulate)
      values = places + <usize>count * sizeof<T>()
      row += <usize>n * sizeof<T>()
    }
  }
}

function countAt(starts: usize): i32 {
  return load<i32>(starts, 4) - load<i32>(starts)
}

/**
 * The same with an `A` whose columns are to be used as rows: the lists of its `k` rows are turned to lists of its m
 * columns first. What each column has is counted, from which follows where its list begins, and each element is put
 * there, row after row. `room` is for `m + 2` numbers and as much as the lists take, and 8 bytes.
 */
export function multiplyTurned<T>(
  starts: usize,
  lists: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  room: usize,
): void {
  const total = <usize>(load<i32>(starts + ((<usize>k) << 2)) - load<i32>(starts))
  const values = (room + ((<usize>m + 2) << 2) + 7) & ~7
  const places = values + total * sizeof<T>()
  countColumns<T>(starts, lists, k, m, room)
  for (let row = 0; row < k; row++, starts += 4) {
    const bytes = <usize>countAt(starts) * sizeof<T>()
    for (let at: usize = 0; at < bytes; at += sizeof<T>()) {
      // Behind a column's number stands where its next element goes, and at last where the next column begins.
      const next = room + (load<u32>(lists + bytes + at) << 2)
      const to = load<i32>(next, 4)
      store<i32>(next, to + 1, 4)
      store<T>(values + <usize>to * sizeof<T>(), load<T>(lists + at))
      store<i32>(places + <usize>to * sizeof<T>(), row)
    }
    lists += 2 * bytes
  }
  for (let i = 0; i < m; i++, room += 4) {
    const start = <usize>load<i32>(room) * sizeof<T>()
    const count = countAt(room)
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
