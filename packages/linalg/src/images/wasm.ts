/** The kernels for images in WebAssembly SIMD, on the memories of a `wasm` backend. */
import type { WindowSizes } from '../kernels/backend.ts'
import { decodeHex } from '../kernels/wasm/index.ts'
import type { KernelModule, WasmMemory } from '../kernels/wasm/memory.ts'
import type { SplitCall } from '../kernels/wasm/split.ts'
import type { FloatArray } from '../tensor/shape.ts'
import { type ConvolutionSizes, GROUP_IMAGES, type ImageKernels } from './kernels.ts'
import { IMAGE_MODULE } from './module.generated.ts'
import { reference } from './reference.ts'
import { IMAGE_KERNEL_NAMES, type ImageWasmKernels } from './signatures.generated.ts'

/** Maximum size of what is copied to scratch memory for one call. */
const MAX_COPIED_BYTES = 2 ** 22

/** Maximum size of what one image, or group of images, and the filters take of scratch memory. */
const MAX_SCRATCH_BYTES = 2 ** 23

/** Maximum size of the lines of padded images and of `dout` that the kernels need at once; `assembly/images/scratch.ts`. */
const MAX_LINE_BYTES = 2 ** 14

/** Maximum number of pixels of a window in one channel; `MAX_DEPTH` of `assembly/images/scratch.ts`. */
const MAX_AREA = 1024

const splitPlanes =
  (operands: (plane: number, pooled: number) => number[]): SplitCall =>
  (bytes, _x, _y, _winners, _planes, height, width) => {
    const [plane, pooled] = [height * width * bytes, (height >> 1) * (width >> 1) * bytes]
    return { count: 3, unit: 1, strides: operands(plane, pooled), nanoseconds: 0.05 * plane }
  }

/** The module, and how its calls are shared by threads. */
const images: KernelModule = {
  decode: () => decodeHex(IMAGE_MODULE),
  names: IMAGE_KERNEL_NAMES,
  splits: {
    convolve: (bytes, _x, _W, _b, _y, _images, xBytes, yBytes, depth) => ({
      count: 4,
      unit: 1,
      strides: [xBytes, 0, 0, yBytes],
      nanoseconds: (0.05 * depth * yBytes) / bytes,
    }),
    filterGradients: (bytes, _x, _dout, _sums, _groups, _images, xBytes, doutBytes, depth, maps) => ({
      count: 3,
      unit: 1,
      strides: [
        GROUP_IMAGES * xBytes,
        GROUP_IMAGES * doutBytes,
        (depth + 1) * maps * bytes,
        0,
        -GROUP_IMAGES,
      ],
      nanoseconds: (0.05 * GROUP_IMAGES * depth * doutBytes) / bytes,
    }),
    maxPool2: splitPlanes((plane, pooled) => [plane, pooled, pooled]),
    maxPool2Backward: splitPlanes((plane, pooled) => [pooled, plane, pooled]),
  },
}

/** Returns the kernels on the memories that `memoryFor` finds for the result of an operation. */
export const createImageKernels = (memoryFor: (x: FloatArray) => WasmMemory): ImageKernels => ({
  convolve(x, W, b, y, sizes) {
    const { N } = sizes
    const memory = memoryFor(y)
    const [xSize, ySize] = [x.length / N, y.length / N]
    const bytes = y.BYTES_PER_ELEMENT
    if (N === 0 || !fits(sizes, W.byteLength + (xSize + ySize) * bytes, bytes)) {
      return reference.convolve(x, W, b, y, sizes)
    }
    const kernels = memory.furtherKernels<ImageWasmKernels>(images, y)
    memory.reset()
    const [filters, bias, window] = [memory.load(W), b ? memory.load(b) : 0, loadSizes(memory, sizes)]
    const depth = W.length / sizes.F
    inParts(memory, N, [x], [y], (count, [from], [to]) =>
      kernels.convolve(from, filters, bias, to, count, xSize * bytes, ySize * bytes, depth, window),
    )
  },

  filterGradients(x, dout, dW, db, sizes) {
    const { N, F } = sizes
    const bytes = dW.BYTES_PER_ELEMENT
    const depth = dW.length / F
    const groupBytes = (dW.length + F) * bytes
    const imageBytes = (x.byteLength + dout.byteLength) / N
    if (N === 0 || !fits(sizes, dW.byteLength + groupBytes + GROUP_IMAGES * imageBytes, bytes)) {
      return reference.filterGradients(x, dout, dW, db, sizes)
    }
    const memory = memoryFor(dW)
    const kernels = memory.furtherKernels<ImageWasmKernels>(images, dW)
    const [xBytes, doutBytes] = [x.byteLength / N, dout.byteLength / N]
    const copied = (memory.addressOf(x) ? 0 : xBytes) + (memory.addressOf(dout) ? 0 : doutBytes)
    const maxGroups = Math.max(1, Math.floor(MAX_COPIED_BYTES / (groupBytes + GROUP_IMAGES * copied)))
    memory.reset()
    const [weights, biases] = [memory.target(dW), memory.target(db)]
    const window = loadSizes(memory, sizes)
    const mark = memory.mark()
    const maxImages = maxGroups * GROUP_IMAGES
    for (let first = 0; first < N; first += maxImages) {
      memory.reset(mark)
      const count = Math.min(maxImages, N - first)
      const groups = Math.ceil(count / GROUP_IMAGES)
      const sums = memory.scratch(groups * groupBytes)
      kernels.filterGradients(
        memory.load(imagesOf(x, N, first, count)),
        memory.load(imagesOf(dout, N, first, count)),
        sums,
        groups,
        count,
        xBytes,
        doutBytes,
        depth,
        F,
        window,
      )
      kernels.addGroups(sums, weights, biases, groups, depth, F, first > 0)
    }
    memory.store(weights, dW)
    memory.store(biases, db)
  },

  turnFilters(W, out, sizes) {
    if (2 * W.byteLength > MAX_SCRATCH_BYTES) return reference.turnFilters(W, out, sizes)
    const memory = memoryFor(out)
    const { F, C, height, width } = sizes
    memory.reset()
    const to = memory.target(out)
    const kernels = memory.furtherKernels<ImageWasmKernels>(images, out)
    kernels.turnFilters(memory.load(W), to, F, C, height * width)
    memory.store(to, out)
  },

  maxPool(x, y, winners, sizes) {
    const { N, C, H, W } = sizes
    if (!isHalving(sizes, x)) return reference.maxPool(x, y, winners, sizes)
    const memory = memoryFor(y)
    const kernels = memory.furtherKernels<ImageWasmKernels>(images, y)
    memory.reset()
    inParts(memory, N * C, [x], [y, winners], (planes, [from], [to, toWinners]) =>
      kernels.maxPool2(from, to, toWinners, planes, H, W),
    )
  },

  maxPoolBackward(dout, winners, dx, sizes) {
    const { N, C, H, W } = sizes
    if (!isHalving(sizes, dx)) return reference.maxPoolBackward(dout, winners, dx, sizes)
    const memory = memoryFor(dx)
    const kernels = memory.furtherKernels<ImageWasmKernels>(images, dx)
    memory.reset()
    inParts(memory, N * C, [dout, winners], [dx], (planes, [from, fromWinners], [to]) =>
      kernels.maxPool2Backward(from, to, fromWinners, planes, H, W),
    )
  },
})

/** Whether windows of 2×2 pixels lie beside each other, and a channel fits into scratch memory. */
function isHalving(sizes: WindowSizes, x: FloatArray): boolean {
  const { N, C, H, W, height, width, strideY, strideX, padY, padX } = sizes
  const isTwo = height === 2 && width === 2 && strideY === 2 && strideX === 2 && padY === 0 && padX === 0
  return isTwo && N * C > 0 && 2 * H * W * x.BYTES_PER_ELEMENT <= MAX_SCRATCH_BYTES
}

/** Whether what the kernels need at once fits into their memory. */
function fits(sizes: ConvolutionSizes, scratchBytes: number, bytes: number): boolean {
  const { F, OW, height, width, strideX } = sizes
  const paddedLine = ((OW - 1) * strideX + width) * bytes
  const maps = Math.ceil(F / 8) * 8
  return (
    height * width <= MAX_AREA &&
    paddedLine <= MAX_LINE_BYTES &&
    height * paddedLine <= 16 * MAX_LINE_BYTES &&
    OW * maps * bytes <= 16 * MAX_LINE_BYTES &&
    scratchBytes <= MAX_SCRATCH_BYTES
  )
}

/** Writes the sizes as `assembly/images/window.ts` reads them; returns their address. */
function loadSizes(memory: WasmMemory, sizes: ConvolutionSizes): number {
  const { C, H, W, F, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
  const { dilationY = 1, dilationX = 1 } = sizes
  const address = memory.scratch(64)
  const values = [C, H, W, F, OH, OW, height, width, strideY, strideX, padY, padX, dilationY, dilationX]
  memory.int32.set(values, address / 4)
  return address
}

/** Returns `count` images of an array of N, as a view unless they are all. */
function imagesOf(x: FloatArray, N: number, first: number, count: number): FloatArray {
  const size = x.length / N
  return count === N ? x : x.subarray(first * size, (first + count) * size)
}

/**
 * Calls `compute` with the addresses of `N` images of all operands and results at once if they lie in the memory, else for as many
 * as fit into the scratch memory that is free.
 */
function inParts(
  memory: WasmMemory,
  N: number,
  operands: readonly FloatArray[],
  results: readonly FloatArray[],
  compute: (count: number, from: number[], to: number[]) => void,
): void {
  const copied = [...operands, ...results].filter((x) => !memory.addressOf(x))
  const imageBytes = copied.reduce((sum, x) => sum + x.byteLength / N, 0)
  const max = imageBytes === 0 ? N : Math.max(1, Math.floor(MAX_COPIED_BYTES / imageBytes))
  const mark = memory.mark()
  for (let first = 0; first < N; first += max) {
    memory.reset(mark)
    const count = Math.min(max, N - first)
    const from = operands.map((x) => memory.load(imagesOf(x, N, first, count)))
    const parts = results.map((x) => imagesOf(x, N, first, count))
    const to = parts.map((x) => memory.target(x))
    compute(count, from, to)
    for (const [i, part] of parts.entries()) memory.store(to[i], part)
  }
}
