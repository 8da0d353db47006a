/** `WasmMemory`: a memory, the kernels that work on it, and where operands lie in it. */
import type { DType, FloatArray } from '../../tensor/shape.ts'
import type { KernelMemory } from '../backend.ts'
import { KERNEL_NAMES, type WasmKernels } from './signatures.generated.ts'
import type { SplitCall } from './split.ts'

/** Size of the memory into which operands are copied that lie elsewhere: products take blocks of at most 2 MiB. */
export const SCRATCH_BYTES = 10 * 2 ** 20

/** Where an allocated array lies. */
interface Location {
  readonly memory: WasmMemory
  readonly address: number
}

/** The locations of allocated arrays: engines take several times as long for `x.buffer` and `x.byteOffset`. */
const locations = new WeakMap<FloatArray, Location>()

/** The memories by their buffers, for views of allocated arrays. */
const memories = new WeakMap<ArrayBufferLike, WasmMemory>()

/** Returns the memory in which an array lies, if it is one of kernels. */
export const memoryOf = (x: FloatArray): WasmMemory | undefined =>
  locations.get(x)?.memory ?? (x.byteOffset === 0 ? undefined : memories.get(x.buffer))

/** Size of a WebAssembly page. */
const PAGE_BYTES = 2 ** 16

/** Alignment of arrays: a cache line. */
const ALIGNMENT_BYTES = 64

/** How far kernels read beyond the end of an operand: see `assembly/index.ts`. */
const OVERREAD_BYTES = 256

/** Size of the scratch memory of one thread for the kernels of a further module; `SCRATCH_BYTES` of `assembly/images/scratch.ts`. */
export const FURTHER_SCRATCH_BYTES = 2 ** 20

const align = (address: number): number => Math.ceil(address / ALIGNMENT_BYTES) * ALIGNMENT_BYTES

/** Size of the memory for the module's own data, from address 0: constants, and the scratch memory of one thread. */
export const MODULE_BYTES = PAGE_BYTES

/** Returns the size of a memory in pages, with `extraBytes` besides the module's own data and scratch memory. */
export const memoryPages = (extraBytes: number): number =>
  Math.ceil((MODULE_BYTES + FURTHER_SCRATCH_BYTES + SCRATCH_BYTES + extraBytes + OVERREAD_BYTES) / PAGE_BYTES)

/**
 * A further module of kernels, which works on the memories of the main one: loaded by those who need it, so that nobody else
 * pays for it. It has no data of its own, and exports `setScratch(address)` and each kernel for both dtypes.
 */
export interface KernelModule {
  readonly decode: () => Uint8Array<ArrayBuffer>
  readonly names: readonly string[]
  /** How calls are shared by threads. */
  readonly splits: Readonly<Record<string, SplitCall>>
}

/** The kernels of float32 and float64. */
type KernelPair<K> = readonly [K, K]

/** Instantiates a further module on a memory. */
export type Extend = (module: KernelModule) => KernelPair<Kernels>

type Kernels = Readonly<Record<string, (...args: number[]) => number>>

/**
 * One memory and the instance of the module that works on it. It holds, in this order, the module's own data, scratch
 * memory of threads, scratch memory, and allocated arrays. Its size is fixed, so views of it stay valid.
 *
 * Kernels take *addresses*: bytes from the start of the memory. An operation loads its operands, calls a kernel, stores the
 * result:
 *
 *     memory.reset()
 *     const [from, to] = [memory.load(x), memory.target(out)]
 *     memory.kernels(x).exp(from, to, x.length)
 *     memory.store(to, out)
 *
 * An operand that lies in this memory is used in place; any other is copied to scratch memory, and the result out of it.
 */
export class WasmMemory implements KernelMemory {
  /** The bytes of the module whose instance works on this memory. */
  readonly module: Uint8Array
  readonly buffer: ArrayBufferLike
  readonly uint8: Uint8Array
  readonly int32: Int32Array
  readonly #float32: Float32Array
  readonly #float64: Float64Array
  readonly #kernels32: WasmKernels
  readonly #kernels64: WasmKernels
  readonly #extend: Extend
  /** The kernels of the further modules that have been used here. */
  readonly #further = new Map<KernelModule, KernelPair<unknown>>()
  readonly #scratchStart: number
  readonly #scratchEnd: number
  /** Start of the scratch memory that is free. */
  #free: number
  /** Start of the memory that is not allocated. */
  #unallocated: number

  /**
   * `extend` instantiates a further module on the memory. Keeps the first `reservedBytes` after the module's data and the
   * scratch memory of this thread free; `wrap` may replace the kernels of a dtype by others.
   */
  constructor(
    module: Uint8Array,
    exports: WebAssembly.Exports,
    buffer: ArrayBufferLike,
    extend: Extend,
    reservedBytes = 0,
    wrap: WrapKernels = (kernels) => kernels,
  ) {
    this.module = module
    this.buffer = buffer
    this.uint8 = new Uint8Array(buffer)
    this.int32 = new Int32Array(buffer)
    this.#float32 = new Float32Array(buffer)
    this.#float64 = new Float64Array(buffer)
    this.#extend = extend
    this.#scratchStart = align(MODULE_BYTES + FURTHER_SCRATCH_BYTES + reservedBytes)
    this.#scratchEnd = this.#scratchStart + SCRATCH_BYTES
    this.#free = this.#scratchStart
    this.#unallocated = this.#scratchEnd
    this.#kernels32 = wrap(kernelsOf(exports, 32), 32)
    this.#kernels64 = wrap(kernelsOf(exports, 64), 64)
    memories.set(buffer, this)
  }

  /** Returns the kernels for the dtype of an array. */
  kernels(x: FloatArray): WasmKernels {
    return x instanceof Float32Array ? this.#kernels32 : this.#kernels64
  }

  /** Returns the kernels of a further module for the dtype of an array. */
  furtherKernels<K>(module: KernelModule, x: FloatArray): K {
    let pair = this.#further.get(module)
    if (!pair) {
      pair = this.#extend(module)
      this.#further.set(module, pair)
    }
    return pair[x instanceof Float32Array ? 0 : 1] as K
  }

  /** Returns the whole memory as elements of the dtype of an array. */
  elements(x: FloatArray): FloatArray {
    return x instanceof Float32Array ? this.#float32 : this.#float64
  }

  /** Returns the address of an array, or 0 if it lies elsewhere. */
  addressOf(x: FloatArray): number {
    const location = locations.get(x)
    if (location) return location.memory === this ? location.address : 0
    // The offset first: reading `buffer` makes V8 move the elements of a tiny array out of the object.
    return x.byteOffset !== 0 && x.buffer === this.buffer ? x.byteOffset : 0
  }

  /** Frees the scratch memory, or what was taken since `mark`. Every operation begins with it. */
  reset(mark = this.#scratchStart): void {
    this.#free = mark
  }

  /** Returns the start of the free scratch memory, for `reset`. */
  mark(): number {
    return this.#free
  }

  /** Returns the address of scratch memory until the next `reset`. Throws an `Error` if there is not enough. */
  scratch(bytes: number): number {
    const address = this.#free
    this.#free = align(address + bytes)
    if (this.#free > this.#scratchEnd)
      throw new Error(`linalg: ${bytes} bytes do not fit into scratch memory`)
    return address
  }

  /** Returns the address of an operand; if it lies elsewhere, of a copy in scratch memory. */
  load(x: FloatArray): number {
    return this.addressOf(x) || this.copyIn(x)
  }

  /** Copies an array to scratch memory; returns its address. */
  copyIn(x: FloatArray): number {
    const address = this.scratch(x.byteLength)
    this.elements(x).set(x, address / x.BYTES_PER_ELEMENT)
    return address
  }

  /** Returns the address at which a kernel shall write a result: `out` itself, or scratch memory for `store`. */
  target(out: FloatArray): number {
    return this.addressOf(out) || this.scratch(out.byteLength)
  }

  /** Copies a result at an address to `out`, unless it is there. */
  store(address: number, out: FloatArray): void {
    if (address === this.addressOf(out)) return
    const start = address / out.BYTES_PER_ELEMENT
    out.set(this.elements(out).subarray(start, start + out.length))
  }

  allocate(length: number, dtype: DType): FloatArray | undefined {
    const Kind = dtype === 'float32' ? Float32Array : Float64Array
    const address = this.#unallocated
    const end = align(address + length * Kind.BYTES_PER_ELEMENT)
    if (end + OVERREAD_BYTES > this.buffer.byteLength) return undefined
    this.#unallocated = end
    const array = new Kind(this.buffer as ArrayBuffer, address, length)
    locations.set(array, { memory: this, address })
    return array
  }
}

/** Returns kernels that do the same as those of a dtype with `bits` per element. */
export type WrapKernels = (kernels: WasmKernels, bits: 32 | 64) => WasmKernels

/** Picks the exports of one dtype: `axpy32` as `axpy`. */
export const kernelsOf = <K = WasmKernels>(
  exports: WebAssembly.Exports,
  bits: 32 | 64,
  names: readonly string[] = KERNEL_NAMES,
): K => Object.fromEntries(names.map((name) => [name, exports[name + bits]])) as unknown as K

/** Returns the memory in which an operation on an array computes: the one where the array lies, or the common one. */
export type MemoryFor = (x: FloatArray) => WasmMemory

/** Returns the exports of a new instance of a further module, which takes scratch memory of a thread at the given address. */
export function instantiateFurther(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  scratch: number,
): WebAssembly.Exports {
  const exports = instantiate(module, memory)
  const setScratch = exports.setScratch as (address: number) => void
  setScratch(scratch)
  return exports
}

/** Returns the exports of a new instance of the module on a memory. */
export const instantiate = (module: WebAssembly.Module, memory: WebAssembly.Memory): WebAssembly.Exports =>
  new WebAssembly.Instance(module, { env: { memory } }).exports
