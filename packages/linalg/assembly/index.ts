/**
 * The kernels of the `wasm` backend, each for both dtypes. They know addresses of scratch memory only, in bytes;
 * `src/wasm/` copies operands in and results out. Vectors may be read and written up to 31 bytes behind an operand's
 * end, so operands are kept that far apart.
 */
import * as axpy from './axpy'
import * as binary from './binary'
import * as columns from './columns'
import * as list from './list'
import * as lists from './lists'
import * as logSoftmax from './log-softmax'
import * as matmul from './matmul'
import { useOwn } from './own'
import * as packing from './pack'
import * as reduce from './reduce'
import * as rows from './rows'
import * as transposing from './transpose'
import * as unary from './unary'

/** Where scratch memory begins: behind the module's own data. */
export const scratch: usize = __heap_base

rows.preparePatterns()

export { useOwn }

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
  room: usize,
): void {
  rows.multiplyRows<f32>(a, b, c, m, k, n, accumulate, skipZeros, room)
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
  room: usize,
): void {
  rows.multiplyRows<f64>(a, b, c, m, k, n, accumulate, skipZeros, room)
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
  room: usize,
): void {
  columns.multiplyColumns<f32>(a, b, c, m, k, n, accumulate, aStride, room)
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
  room: usize,
): void {
  columns.multiplyColumns<f64>(a, b, c, m, k, n, accumulate, aStride, room)
}

export function allFinite32(x: usize, count: i32): bool {
  return list.allFinite<f32>(x, count)
}

export function allFinite64(x: usize, count: i32): bool {
  return list.allFinite<f64>(x, count)
}

export function multiplyLists32(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  elements: usize,
  palette: usize,
): void {
  lists.multiplyLists<f32>(starts, b, c, m, columns, n, elements, palette)
}

export function multiplyLists64(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  columns: i32,
  n: i32,
  elements: usize,
  palette: usize,
): void {
  lists.multiplyLists<f64>(starts, b, c, m, columns, n, elements, palette)
}

export function panelWidth32(n: i32): i32 {
  return <i32>(list.panelWidth<f32>(n) / sizeof<f32>())
}

export function panelWidth64(n: i32): i32 {
  return <i32>(list.panelWidth<f64>(n) / sizeof<f64>())
}

export function turn32(
  starts: usize,
  elements: usize,
  palette: usize,
  m: i32,
  k: i32,
  turned: usize,
  values: usize,
  places: usize,
): void {
  lists.turn<f32>(starts, elements, palette, m, k, turned, values, places)
}

export function turn64(
  starts: usize,
  elements: usize,
  palette: usize,
  m: i32,
  k: i32,
  turned: usize,
  values: usize,
  places: usize,
): void {
  lists.turn<f64>(starts, elements, palette, m, k, turned, values, places)
}

export function multiplyTurned32(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  places: usize,
): void {
  lists.multiplyTurned<f32>(starts, b, c, m, n, accumulate, values, places)
}

export function multiplyTurned64(
  starts: usize,
  b: usize,
  c: usize,
  m: i32,
  n: i32,
  accumulate: bool,
  values: usize,
  places: usize,
): void {
  lists.multiplyTurned<f64>(starts, b, c, m, n, accumulate, values, places)
}

export function logSoftmax32(x: usize, out: usize, rows: i32, columns: i32): void {
  logSoftmax.logSoftmax<f32>(x, out, rows, columns)
}

export function logSoftmax64(x: usize, out: usize, rows: i32, columns: i32): void {
  logSoftmax.logSoftmax<f64>(x, out, rows, columns)
}
