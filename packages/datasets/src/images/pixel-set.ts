/**
 * Images as they are stored, a byte a pixel, and the class of each: a quarter of the memory of float32. `gatherImages`
 * makes a batch of them, `toDataset` all at once.
 */
export interface PixelSet {
  /** Row-major, image after image: count·height·width bytes. */
  readonly pixels: Uint8Array
  readonly labels: Uint8Array
  readonly count: number
  readonly height: number
  readonly width: number
}
