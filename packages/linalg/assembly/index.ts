/**
 * The exports of the module: each kernel for both dtypes. Kernels take addresses in bytes; `src/kernels/wasm/` copies
 * operands into this memory and results out of it. Vectors may be read and written up to 31 bytes beyond the end of an
 * operand, so operands are kept that far apart.
 */
import * as finite from './all-finite'
import * as axpy from './axpy'
import * as binary from './binary'
import * as columns from './columns'
import * as csr from './csr'
import * as logSoftmax from './log-softmax'
import * as matmul from './matmul'
import * as packing from './pack'
import * as reduce from './reduce'
import * as rows from './rows'
import * as sparseRow from './sparse-row'
import { setThreadLocal } from './thread-local'
import * as transposing from './transpose'
import * as unary from './unary'

/** Start of the scratch memory, after the module's own data. */
export const scratchStart: usize = __heap_base

rows.initShuffleMasks()

export { setThreadLocal }

export function multiply32(a: usize, b: usize, c: usize, m: i32, k: i32, n: i32, accumulate: bool): void {
  matmul.multiply<f32>(a, b, c, m, k, n, accumulate)
}

export function multiply64(a: usize, b: usize, c: usize, m: i32, k: i32, n: i32, accumulate: bool): void {
  matmul.multiply<f64>(a, b, c, m, k, n, accumulate)
}

export function pack32(b: usize, panels: usize, k: i32, n: i32): void {
  packing.pack<f32>(b, panels, k, n)
}

export function pack64(b: usize, panels: usize, k: i32, n: i32): void {
  packing.pack<f64>(b, panels, k, n)
}

export function transpose32(from: usize, to: usize, rows: i32, columns: i32): void {
  transposing.transpose<f32>(from, to, rows, columns)
}

export function transpose64(from: usize, to: usize, rows: i32, columns: i32): void {
  transposing.transpose<f64>(from, to, rows, columns)
}

export function unary32(operation: i32, x: usize, out: usize, count: i32): void {
  unary.unary<f32>(operation, x, out, count)
}

export function unary64(operation: i32, x: usize, out: usize, count: i32): void {
  unary.unary<f64>(operation, x, out, count)
}

export function binary32(
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
  binary.binary<f32>(operation, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

export function binary64(
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
  binary.binary<f64>(operation, a, aRow, aColumn, b, bRow, bColumn, out, rows, columns)
}

export function sum32(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce.sum<f32>(x, out, outer, length, inner)
}

export function sum64(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce.sum<f64>(x, out, outer, length, inner)
}

export function max32(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce.max<f32>(x, out, outer, length, inner)
}

export function max64(x: usize, out: usize, outer: i32, length: i32, inner: i32): void {
  reduce.max<f64>(x, out, outer, length, inner)
}

export function axpy32(alpha: f64, x: usize, y: usize, count: i32): void {
  axpy.axpy<f32>(alpha, x, y, count)
}

export function axpy64(alpha: f64, x: usize, y: usize, count: i32): void {
  axpy.axpy<f64>(alpha, x, y, count)
}

export function multiplyRows32(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  skipZeros: bool,
  scratch: usize,
): void {
  rows.multiplyRows<f32>(a, b, c, m, k, n, accumulate, skipZeros, scratch)
}

export function multiplyRows64(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  skipZeros: bool,
  scratch: usize,
): void {
  rows.multiplyRows<f64>(a, b, c, m, k, n, accumulate, skipZeros, scratch)
}

export function multiplyColumns32(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  aStride: usize,
  scratch: usize,
): void {
  columns.multiplyColumns<f32>(a, b, c, m, k, n, accumulate, aStride, scratch)
}

export function multiplyColumns64(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  accumulate: bool,
  aStride: usize,
  scratch: usize,
): void {
  columns.multiplyColumns<f64>(a, b, c, m, k, n, accumulate, aStride, scratch)
}

export function allFinite32(x: usize, count: i32): bool {
  return finite.allFinite<f32>(x, count)
}

export function allFinite64(x: usize, count: i32): bool {
  return finite.allFinite<f64>(x, count)
}

export function multiplyCsr32(
  rowOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  entries: usize,
  codebook: usize,
): void {
  csr.multiplyCsr<f32>(rowOffsets, b, c, m, columns, n, entries, codebook)
}

export function multiplyCsr64(
  rowOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  entries: usize,
  codebook: usize,
): void {
  csr.multiplyCsr<f64>(rowOffsets, b, c, m, columns, n, entries, codebook)
}

export function panelWidth32(n: i32): i32 {
  return <i32>(sparseRow.panelWidth<f32>(n) / sizeof<f32>())
}

export function panelWidth64(n: i32): i32 {
  return <i32>(sparseRow.panelWidth<f64>(n) / sizeof<f64>())
}

export function csrToCsc32(
  rowOffsets: usize,
  entries: usize,
  codebook: usize,
  m: i32,
  k: i32,
  columnOffsets: usize,
  values: usize,
  indices: usize,
): void {
  csr.csrToCsc<f32>(rowOffsets, entries, codebook, m, k, columnOffsets, values, indices)
}

export function csrToCsc64(
  rowOffsets: usize,
  entries: usize,
  codebook: usize,
  m: i32,
  k: i32,
  columnOffsets: usize,
  values: usize,
  indices: usize,
): void {
  csr.csrToCsc<f64>(rowOffsets, entries, codebook, m, k, columnOffsets, values, indices)
}

export function multiplyCsc32(
  columnOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  indices: usize,
): void {
  csr.multiplyCsc<f32>(columnOffsets, b, c, m, n, accumulate, values, indices)
}

export function multiplyCsc64(
  columnOffsets: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  indices: usize,
): void {
  csr.multiplyCsc<f64>(columnOffsets, b, c, m, n, accumulate, values, indices)
}

export function logSoftmax32(x: usize, out: usize, rows: i32, columns: i32): void {
  logSoftmax.logSoftmax<f32>(x, out, rows, columns)
}

export function logSoftmax64(x: usize, out: usize, rows: i32, columns: i32): void {
  logSoftmax.logSoftmax<f64>(x, out, rows, columns)
}
