/**
 * Images as they are stored, one byte per pixel, with their class indices: a quarter of the memory of float32.
 * `gatherImages` makes a batch of them, `toSamples` converts all.
 */
export interface RawImages {
  /** Row-major, image after image: count·height·width bytes. */
  readonly pixels: Uint8Array
  /** (count) class indices. */
  readonly t: Uint8Array
  readonly count: number
  readonly height: number
  readonly width: number
}
