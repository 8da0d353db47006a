/** Kernels whose products are computed by several threads: each call becomes a job. */
import { splitsByColumns } from '../wasm/blocks.ts'
import type { Kernels } from '../wasm/kernels.ts'
import { CLAIMED, type Job } from './job-queue.ts'

/** What begins jobs, and completes them. */
export interface JobQueue extends Pick<Kernels, 'onComplete' | 'flush'> {
  /** Waits for the job before, then begins this one. */
  begin(job: Job): void
}

/** Height of a tile: see `assembly/tile.ts`. */
const TILE_ROWS = 4

/** Number of parts of a product: enough that copying the first operand in and the last result out takes little time. */
const PIPELINE_DEPTH = 4

/** Returns the same kernels, but those that multiply begin a job. */
export function parallelKernels(kernels: Kernels, { begin, onComplete, flush }: JobQueue): Kernels {
  const { elementBytes } = kernels
  const isFloat64 = elementBytes === 8
  return {
    ...kernels,
    pipelineDepth: PIPELINE_DEPTH,
    onComplete,
    flush,
    multiply: (a, b, c, m, k, n, accumulate) => {
      const integers = [CLAIMED, k, n, Number(accumulate)]
      const rows = { total: m, unit: TILE_ROWS, aStride: k * elementBytes, cStride: n * elementBytes }
      begin({ kernel: 'multiply', isFloat64, a, b, c, integers, ...rows })
    },
    multiplyRows: (a, b, c, m, k, n, accumulate, skipZeros, scratch) => {
      const integers = [CLAIMED, k, n, Number(accumulate), Number(skipZeros)]
      const rows = { total: m, unit: 1, aStride: k * elementBytes, cStride: n * elementBytes }
      const scratchStride = 2 * k * elementBytes + 64
      begin({ kernel: 'multiplyRows', isFloat64, a, b, c, integers, scratch, scratchStride, ...rows })
    },
    multiplyColumns: (a, b, c, m, k, n, accumulate, aStride, scratch) => {
      const integers = [CLAIMED, k, n, Number(accumulate), aStride]
      const rows = { total: m, unit: 16 / elementBytes, aStride: elementBytes, cStride: n * elementBytes }
      const scratchStride = 8 * k * elementBytes + 256
      begin({ kernel: 'multiplyColumns', isFloat64, a, b, c, integers, scratch, scratchStride, ...rows })
    },
    multiplyCsr: (rowOffsets, b, c, m, columns, n, entries, codebook) => {
      const product = { kernel: 'multiplyCsr', isFloat64, a: rowOffsets, b, c } as const
      if (splitsByColumns(n, elementBytes)) {
        const integers = [m, CLAIMED, n, entries, codebook]
        const unit = kernels.panelWidth(n)
        begin({ ...product, integers, total: columns, unit, bStride: elementBytes, cStride: elementBytes })
      } else {
        const integers = [CLAIMED, columns, n, entries, codebook]
        begin({ ...product, integers, total: m, unit: 1, aStride: 4, cStride: n * elementBytes })
      }
    },
    multiplyCsc: (columnOffsets, b, c, m, n, accumulate, values, indices) => {
      const integers = [CLAIMED, n, Number(accumulate), values, indices]
      const rows = { total: m, unit: 1, aStride: 4, cStride: n * elementBytes }
      begin({ kernel: 'multiplyCsc', isFloat64, a: columnOffsets, b, c, integers, ...rows })
    },
  }
}
