import type { FloatArray } from '../../tensor/dtype.ts'
import { bufferOf } from './arena-locations.ts'
import type { Kernels, KernelsFor } from './kernels.ts'
import { shared } from './parallel.ts'

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

/** How many pages of 64 KB kernels work with: their own data and scratch memory. See `assembly/build.mjs`. */
export const MEMORY = { initial: 168, maximum: 168 } as const

/** A compiled module, at work on memories of fixed sizes: its own, which nobody gets a view of, and those of arenas. */
export interface Loaded {
  readonly kernelsFor: KernelsFor
  /** A memory for them to work on where operands lie in it: so many bytes are left behind what they use. */
  extended(bytes: number): WebAssembly.Memory
}

/** Compiles a module (base64), or answers `undefined` where the engine lacks WebAssembly or instructions that it uses. */
export function loadKernels(base64: string): Loaded | undefined {
  const bytes = decode(base64)
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(bytes)) return undefined
  const module = new WebAssembly.Module(bytes)
  const kernelsOn = (memory: WebAssembly.Memory) => kernelsIn(instantiate(module, memory), memory)
  const own = kernelsOn(new WebAssembly.Memory(MEMORY))
  /** The kernels on the memory in which an operand lies. */
  const there = new WeakMap<ArrayBufferLike, KernelsFor>()
  return {
    kernelsFor(x, products = 0) {
      const buffer = bufferOf(x)
      return (shared(bytes, products) ?? (buffer && there.get(buffer)) ?? own)(x)
    },
    extended(more) {
      const pages = MEMORY.initial + Math.ceil(more / PAGE)
      const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
      there.set(memory.buffer, kernelsOn(memory))
      return memory
    },
  }
}

export const PAGE = 2 ** 16

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
  const { buffer } = memory
  const views = { memory, buffer, words: new Int32Array(buffer), singleBytes: new Uint8Array(buffer) }
  const own = { ...views, bytes, start: Math.ceil(start / 64) * (64 / bytes) }
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
