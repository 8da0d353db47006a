/** Whether a file is a ZIP archive, such as NumPy's `.npz`, by its first bytes. */
export const isZip = ([p, k, third]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && (third === 3 || third === 5)
