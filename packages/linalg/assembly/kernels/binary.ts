import { storeTail } from '../tail'

// The operations as types, so that the compiler generates a loop for each.
class Add {}
class Sub {}
class Mul {}
class Div {}
class MaskPositive {}

/*
 * Each kernel of this file computes `out[r, c] = a[r, c] ∘ b[r, c]` for `rows × columns` elements, row-major. The rows of
 * an operand are `aRow` (or `bRow`) bytes apart, 0 to repeat one row; `aColumn` (or `bColumn`) is 1 for contiguous
 * columns, 0 if each row is one number repeated. `out` may be an operand whose elements are read once.
 */

/** `a + b`. */
export function add<T>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  applyToAll<T, Add>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

/** `a − b`. */
export function sub<T>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  applyToAll<T, Sub>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

/** `a · b`. */
export function mul<T>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  applyToAll<T, Mul>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

/** `a / b`. */
export function div<T>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  applyToAll<T, Div>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

/** `a if b > 0, else 0; a if b is NaN`. */
export function maskPositive<T>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  applyToAll<T, MaskPositive>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

function applyToAll<T, Operation>(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  const width = <usize>columns * sizeof<T>()
  for (let r = 0; r < rows; r++) {
    const aNumber = v128.load_splat<T>(a)
    const bNumber = v128.load_splat<T>(b)
    for (let offset: usize = 0; offset < width; offset += 16) {
      const x = aColumn ? v128.load(a + offset) : aNumber
      const y = bColumn ? v128.load(b + offset) : bNumber
      const value = apply<T, Operation>(x, y)
      if (offset + 16 <= width) v128.store(out + offset, value)
      else storeTail(out + offset, value, width - offset)
    }
    a += aRow
    b += bRow
    out += width
  }
}

function apply<T, Operation>(a: v128, b: v128): v128 {
  if (idof<Operation>() === idof<Add>()) return v128.add<T>(a, b)
  if (idof<Operation>() === idof<Sub>()) return v128.sub<T>(a, b)
  if (idof<Operation>() === idof<Mul>()) return v128.mul<T>(a, b)
  if (idof<Operation>() === idof<Div>()) return v128.div<T>(a, b)
  return v128.andnot(a, v128.le<T>(b, v128.splat<T>(0)))
}
