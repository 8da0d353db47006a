import type { FloatArray } from '../dtype.ts'
import { shared } from './shared.ts'

/**
 * The kernels of `assembly/` for one dtype, with their scratch memory as elements of that dtype. Addresses that the
 * kernels take are in bytes, places in `memory` in elements.
 */
export interface Kernels {
  readonly memory: FloatArray
  /** The first free element; before it lies what belongs to the module. */
  readonly start: number
  /** How many bytes an element has. */
  readonly bytes: number
  /**
   * Into how many pieces a product is better cut: several where the kernels that multiply only begin, so that meanwhile
   * the operand of the next piece comes in and the result of the one before goes out.
   */
  readonly pieces: number
  /** Calls `read` when the piece that was begun last is done: now, or as soon as the next one has begun. */
  whenDone(read: () => void): void
  /** Completes what was begun. */
  finish(): void
  multiply(a: number, b: number, c: number, m: number, k: number, n: number, accumulate: boolean): void
  multiplyRows(
    a: number,
    b: number,
    c: number,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
    skipZeros: boolean,
    room: number,
  ): void
  multiplyColumns(
    a: number,
    b: number,
    c: number,
    m: number,
    k: number,
    n: number,
    accumulate: boolean,
    aStride: number,
    room: number,
  ): void
  multiplyLists(
    starts: number,
    b: number,
    c: number,
    m: number,
    columns: number,
    n: number,
    lists: number,
    palette: number,
  ): void
  /** How many columns `multiplyLists` best takes at a time. */
  panelWidth(n: number): number
  turn(
    starts: number,
    lists: number,
    palette: number,
    m: number,
    k: number,
    turned: number,
    values: number,
    places: number,
  ): void
  multiplyTurned(
    starts: number,
    b: number,
    c: number,
    m: number,
    n: number,
    accumulate: boolean,
    values: number,
    places: number,
  ): void
  pack(b: number, panels: number, k: number, n: number): void
  /** 0 for no, 1 for yes. */
  allFinite(x: number, count: number): number
  transpose(from: number, to: number, rows: number, columns: number): void
  unary(operation: number, x: number, out: number, count: number): void
  binary(
    operation: number,
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    bColumn: number,
    out: number,
    rows: number,
    columns: number,
  ): void
  sum(x: number, out: number, outer: number, length: number, inner: number): void
  max(x: number, out: number, outer: number, length: number, inner: number): void
  logSoftmax(x: number, out: number, rows: number, columns: number): void
  axpy(alpha: number, x: number, y: number, count: number): void
}

const NAMES = [
  'multiply',
  'multiplyRows',
  'multiplyColumns',
  'multiplyLists',
  'panelWidth',
  'turn',
  'multiplyTurned',
  'pack',
  'allFinite',
  'transpose',
  'unary',
  'binary',
  'sum',
  'max',
  'logSoftmax',
  'axpy',
] as const

/** Picks the kernels for an operand's dtype, and for work of so many products: several threads may share much of it. */
export type KernelsFor = (x: FloatArray, products?: number) => Kernels

/** So many pages of 64 KB as the modules ask for: see `assembly/build.mjs`. */
export const MEMORY = { initial: 192, maximum: 192 } as const

/**
 * Compiles a module (base64), or answers `undefined` where the engine lacks WebAssembly or instructions that it uses.
 * Its memory has a fixed size and is private: nobody gets a view of it.
 */
export function loadKernels(module: string): KernelsFor | undefined {
  const bytes = decode(module)
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(bytes)) return undefined
  const memory = new WebAssembly.Memory(MEMORY)
  const own = kernelsIn(instantiate(new WebAssembly.Module(bytes), memory), memory)
  return (x, products = 0) => (shared(bytes, products) ?? own)(x)
}

/** A module at work on a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports =>
  new WebAssembly.Instance(module, { env: { memory } }).exports

/** The kernels of both dtypes, whose scratch memory begins `reserved` bytes behind what belongs to the module. */
export function kernelsIn(
  exports: WebAssembly.Exports,
  { buffer }: WebAssembly.Memory,
  reserved = 0,
): KernelsFor {
  const start = (exports.scratch as WebAssembly.Global).value + reserved
  const single = kernelsOf(exports, '32', new Float32Array(buffer), start)
  const double = kernelsOf(exports, '64', new Float64Array(buffer), start)
  return (x) => (x instanceof Float32Array ? single : double)
}

function kernelsOf(
  exports: WebAssembly.Exports,
  suffix: '32' | '64',
  memory: FloatArray,
  start: number,
): Kernels {
  const bytes = memory.BYTES_PER_ELEMENT
  const functions = NAMES.map((name) => [name, exports[`${name}${suffix}`]] as const)
  const own = { memory, bytes, start: Math.ceil(start / 64) * (64 / bytes) }
  const atOnce = { pieces: 1, whenDone: (read: () => void) => read(), finish: () => {} }
  return { ...own, ...atOnce, ...Object.fromEntries(functions) } as Kernels
}

/** A loop, since `atob` with a callback for each byte takes milliseconds before it is optimised. */
export function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
