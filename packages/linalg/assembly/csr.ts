import { clearRow, multiplyCodedPanel, multiplySparseRow, panelWidth } from './sparse-row'

/**
 * Products of a sparse `A` in compressed rows (CSR): row i has `rowOffsets[i + 1] − rowOffsets[i]` entries, which begin at
 * byte `3·rowOffsets[i]` of `entries`: first their column indices (16 bits each), then the codes of their values (8 bits
 * each), looked up in `codebook`.
 */

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
  const width = panelWidth<T>(n)
  const end = <usize>columns * sizeof<T>()
  for (let start: usize = 0; start < end; start += width) {
    let row = c
    for (let i: usize = 0; i < <usize>m; i++) {
      const count = countAt(rowOffsets + (i << 2))
      const indices = entries + 3 * load<i32>(rowOffsets + (i << 2))
      multiplyCodedPanel<T>(indices + 2 * count, indices, codebook, count, b, row, n, start, end)
      row += <usize>n * sizeof<T>()
    }
  }
}

/** Returns the number of entries between an offset and the next. */
function countAt(offsets: usize): i32 {
  return load<i32>(offsets, 4) - load<i32>(offsets)
}

/**
 * Converts k compressed rows to m compressed columns (CSC) for `multiplyCsc`, by a counting sort: counts the entries of
 * each column, derives where its entries begin, and moves each entry there, in the order of rows. Writes the values to
 * `values`, the row indices to `indices` (one every `sizeof<T>()` bytes), and the offsets to `columnOffsets`, which needs
 * room for `m + 2` integers.
 */
export function csrToCsc<T>(
  rowOffsets: usize,
  entries: usize,
  codebook: usize,
  m: i32,
  k: i32,
  columnOffsets: usize,
  values: usize,
  indices: usize,
): void {
  countColumns(rowOffsets, entries, k, m, columnOffsets)
  for (let row = 0; row < k; row++, rowOffsets += 4) {
    const count = countAt(rowOffsets)
    const columns = entries + 3 * load<i32>(rowOffsets)
    const codes = columns + 2 * count
    for (let p: usize = 0; p < <usize>count; p++) {
      // `columnOffsets[column + 1]` is the target of the column's next entry, and in the end the start of the next column.
      const next = columnOffsets + ((<usize>load<u16>(columns + 2 * p)) << 2)
      const to = load<i32>(next, 4)
      store<i32>(next, to + 1, 4)
      const value = load<T>(codebook + <usize>load<u8>(codes + p) * sizeof<T>())
      store<T>(values + <usize>to * sizeof<T>(), value)
      store<i32>(indices + <usize>to * sizeof<T>(), row)
    }
  }
}

/** `C = A·B` or `C += A·B` for an `A` whose m rows are columns that `csrToCsc` compressed: the product with a transpose. */
export function multiplyCsc<T>(
  columnOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  indices: usize,
): void {
  for (let i = 0; i < m; i++, columnOffsets += 4) {
    const start = <usize>load<i32>(columnOffsets) * sizeof<T>()
    const count = countAt(columnOffsets)
    // A column without entries, such as a pixel that is 0 in all images, adds nothing.
    if (count > 0) multiplySparseRow<T>(values + start, indices + start, count, b, c, n, accumulate)
    else if (!accumulate) clearRow(c, <usize>n * sizeof<T>())
    c += <usize>n * sizeof<T>()
  }
}

/** Writes to `offsets[column + 1]` the number of entries in the columns before it. */
function countColumns(rowOffsets: usize, entries: usize, rows: i32, columns: i32, offsets: usize): void {
  memory.fill(offsets, 0, (<usize>columns + 2) << 2)
  for (let row = 0; row < rows; row++, rowOffsets += 4) {
    const count = countAt(rowOffsets)
    const indices = entries + 3 * load<i32>(rowOffsets)
    for (let p: usize = 0; p < <usize>count; p++) {
      const counter = offsets + ((<usize>load<u16>(indices + 2 * p)) << 2)
      store<i32>(counter, load<i32>(counter, 8) + 1, 8)
    }
  }
  for (let column = 0; column < columns; column++, offsets += 4) {
    store<i32>(offsets, load<i32>(offsets, 4) + load<i32>(offsets, 8), 8)
  }
}
