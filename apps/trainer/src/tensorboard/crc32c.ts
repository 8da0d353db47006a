/** The polynomial of Castagnoli, its bits reversed: RFC 3720, B.4. */
const POLYNOMIAL = 0x82f63b78

/** What each byte does to a sum. */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ POLYNOMIAL : sum >>> 1
  return sum
})

/** CRC-32C of bytes, as iSCSI and TensorFlow's record files have it; of "123456789" it is 0xE3069283. */
export function crc32c(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) sum = (sum >>> 8) ^ TABLE[(sum ^ byte) & 0xff]
  return (sum ^ 0xffffffff) >>> 0
}
