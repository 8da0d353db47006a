import { crc32c } from './crc32c.ts'

/** `crc` rotated right by 15 bits, and a constant: a sum over data that hold sums themselves must not meet them. */
const masked = (crc: number): number => ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0

/**
 * A record of a TFRecord file: the length in 8 bytes, its masked CRC-32C in 4, the data, theirs in 4, all little-endian.
 *
 * Source: tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details".
 */
export function record(data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 16)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, masked(crc32c(bytes.subarray(0, 8))), true)
  bytes.set(data, 12)
  view.setUint32(12 + data.length, masked(crc32c(data)), true)
  return bytes
}
