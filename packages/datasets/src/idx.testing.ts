/** Returns the bytes of an IDX file of uint8. */
export function idxFile(shape: readonly number[], elements: Uint8Array): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length))
  header.setUint32(0, 0x800 + shape.length)
  shape.forEach((length, axis) => {
    header.setUint32(4 + 4 * axis, length)
  })
  return Buffer.concat([new Uint8Array(header.buffer), elements])
}
