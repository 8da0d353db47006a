/**
 * `@gosa/linalg/images`: the kernels of convolution and pooling, for authors of layers. They are apart from the main entry, since
 * they bring a WebAssembly module of their own, which nobody else has to load.
 */
import type { ImageKernels } from './images/kernels.ts'
import { imageKernelsOf } from './images/of-backend.ts'
import { backend } from './kernels/registry.ts'

export type { ConvolutionSizes, ImageKernels } from './images/kernels.ts'

/**
 * Returns the kernels for images that belong to the backend in use: in WebAssembly SIMD for `wasm`, else their reference in plain
 * TypeScript, which has the same bits. They take flat arrays and sizes that are already checked; `empty` gives buffers for results:
 *
 *     const y = empty([N, F, OH, OW], x.dtype)
 *     imageKernels().convolve(x.data, W.data, b.data, y.data, sizes)
 */
export const imageKernels = (): ImageKernels => imageKernelsOf(backend())
