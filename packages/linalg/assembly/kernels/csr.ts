import { Coded, clearRow, DISTANCES, multiplyPanel, POSITIONS, panelBytes } from '../sparse-row'

/*
 * Products of a sparse `A` in compressed rows (CSR): row i has `rowOffsets[i + 1] − rowOffsets[i]` entries, which begin at
 * byte `2·rowOffsets[i]` of `entries`. An entry is two bytes: the distance of its column to the one before, and the code of
 * its value, looked up in `codebook`.
 */

/** Returns the number of columns of `B` and `C` in a panel of `multiplyCsr`, if they have n. */
export function panelWidth<T>(n: i32): i32 {
  return <i32>(panelBytes<T>(n) / sizeof<T>())
}

/**
 * `C = A·B` for the first `columns` of n columns of `B` and `C`, and an `A` of m compressed rows. All rows meet one panel of
 * `B` before the next, so that the panel stays in the processor's cache.
 */
export function multiplyCsr<T>(
  rowOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  entries: usize,
  codebook: usize,
): void {
  const width = panelBytes<T>(n)
  const end = <usize>columns * sizeof<T>()
  for (let start: usize = 0; start < end; start += width) {
    let row = c
    for (let i: usize = 0; i < <usize>m; i++) {
      const count = load<i32>(rowOffsets + (i << 2), 4) - load<i32>(rowOffsets + (i << 2))
      const values = entries + 2 * load<i32>(rowOffsets + (i << 2))
      multiplyPanel<T, Coded>(values, DISTANCES, codebook, count, b, row, n, start, end, false)
      row += <usize>n * sizeof<T>()
    }
  }
}

/**
 * Turns blocks of at most 256 compressed rows into lists of columns, for `multiplyLists`. Block i has `blockRows` rows; the
 * last one ends with the offset at `lastOffset`. The list of its column j begins at `lists + 2·blockRows·(i·columns + j)`, and
 * `ends[i·columns + j]` receives the address of its end. An entry is two bytes: the row within the block, and the code.
 */
// biome-ignore lint/correctness/noUnusedVariables: every kernel has a dtype, by which it is exported
export function csrToLists<T>(
  rowOffsets: usize,
  ends: usize,
  lists: usize,
  blocks: i32,
  blockRows: i32,
  lastOffset: usize,
  columns: i32,
  entries: usize,
): void {
  const listBytes = 2 * <usize>blockRows
  for (let i = 0; i < blocks; i++) {
    for (let j = 0; j < columns; j++, lists += listBytes) store<usize>(ends + ((<usize>j) << 2), lists)
    for (let row = 0; row < blockRows && rowOffsets < lastOffset; row++, rowOffsets += 4) {
      let entry = entries + 2 * load<i32>(rowOffsets)
      const end = entries + 2 * load<i32>(rowOffsets, 4)
      let next = ends
      for (; entry < end; entry += 2) {
        const pair = <i32>load<u16>(entry)
        next += (<usize>(pair & 255)) << 2
        const to = load<usize>(next)
        store<u16>(to, row | (pair & 0xff00))
        store<usize>(next, to + 2)
      }
    }
    ends += (<usize>columns) << 2
  }
}

/**
 * `C = Aᵀ·B` or `C += Aᵀ·B` for one block of rows of `A` that `csrToLists` turned into lists, and the rows of `B` that they
 * meet: m rows of `C`, one for each column of `A`, with n columns. All lists meet one panel of `B` before the next.
 */
export function multiplyLists<T>(
  ends: usize,
  lists: usize,
  c: usize,
  m: i32,
  b: usize,
  n: i32,
  blockRows: i32,
  codebook: usize,
  accumulate: bool,
): void {
  const width = panelBytes<T>(n)
  const end = <usize>n * sizeof<T>()
  for (let start: usize = 0; start < end; start += width) {
    let list = lists
    let row = c
    for (let j: usize = 0; j < <usize>m; j++) {
      const count = <i32>(load<usize>(ends + (j << 2)) - list) >> 1
      // A column without entries, such as a pixel that is 0 in all images, adds nothing.
      if (count > 0)
        multiplyPanel<T, Coded>(list, POSITIONS, codebook, count, b, row, n, start, end, accumulate)
      else if (!accumulate) clearRow(row + start, min(width, end - start))
      list += 2 * blockRows
      row += end
    }
  }
}
