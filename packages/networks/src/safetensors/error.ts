/** What is wrong with the bytes of a safetensors file, and where. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError'
  /** A short name of the fault. */
  readonly code: 'truncated' | 'header' | 'dtype' | 'layout'
  /** The byte at which it was found. */
  readonly offset: number

  constructor(code: SafetensorsError['code'], offset: number, message: string) {
    super(`safetensors: ${message} (at byte ${offset})`)
    this.code = code
    this.offset = offset
  }
}
