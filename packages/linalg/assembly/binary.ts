// The operations, as types, so that each gets a loop of its own. `src/wasm/codes.ts` numbers them in this order.
class Add {}
class Sub {}
class Mul {}
class Div {}
class Mask {}

/**
 * `out[r, c] = operation(a[r, c], b[r, c])` for `rows × columns` elements, row-major. An operand's rows lie `aRow` (or
 * `bRow`) bytes apart, 0 to repeat one; `aColumn` (or `bColumn`) is 1 where its columns follow one another, 0 where a
 * row is one number repeated. In whole vectors: up to 15 bytes behind the end of `out` are written as well.
 */
export function binary<T>(
  operation: i32,
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
  if (operation === 0) each<T, Add>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
  else if (operation === 1) each<T, Sub>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
  else if (operation === 2) each<T, Mul>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
  else if (operation === 3) each<T, Div>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
  else each<T, Mask>(a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

/** A row after the other, so that what is written behind a row's end is overwritten by the next. */
function each<T, Operation>(
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
    for (let at: usize = 0; at < width; at += 16) {
      const x = aColumn ? v128.load(a + at) : aNumber
      const y = bColumn ? v128.load(b + at) : bNumber
      v128.store(out + at, apply<T, Operation>(x, y))
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
