/**
 * A reader of event files for tests, written from the specifications and not from the writer, so that no mistake is made
 * twice. It knows wire types, but no fields by name.
 */

/** CRC-32C bit by bit: the remainder of a division by the polynomial 0x1EDC6F41, both reversed. */
export function crc32cBitwise(bytes: Uint8Array): number {
  let remainder = 0xffffffff
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const odd = (remainder ^ (byte >> bit)) & 1
      remainder = (remainder >>> 1) ^ (odd ? 0x82f63b78 : 0)
    }
  }
  return ~remainder >>> 0
}

/** `masked_crc = ((crc >> 15) | (crc << 17)) + 0xa282ead8ul`, in 32 bits. */
function masked(bytes: Uint8Array): number {
  const crc = BigInt(crc32cBitwise(bytes))
  const rotated = ((crc >> 15n) | (crc << 17n)) & 0xffffffffn
  return Number((rotated + 0xa282ead8n) & 0xffffffffn)
}

/** The data of the records of a TFRecord file, without a truncated last one. Throws if a checksum is wrong. */
export function recordsIn(file: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let at = 0; at + 12 <= file.length; ) {
    const length = Number(file.readBigUInt64LE(at))
    if (file.readUInt32LE(at + 8) !== masked(file.subarray(at, at + 8)))
      throw new Error('a length is damaged')
    if (at + length + 16 > file.length) break
    const data = file.subarray(at + 12, at + 12 + length)
    if (file.readUInt32LE(at + 12 + length) !== masked(data)) throw new Error('data are damaged')
    records.push(data)
    at += length + 16
  }
  return records
}

/** The values of a message by the numbers of their fields: bigint for varints, numbers, or bytes. */
export function fieldsOf(message: Buffer): Map<number, (bigint | number | Buffer)[]> {
  const fields = new Map<number, (bigint | number | Buffer)[]>()
  let at = 0
  const varint = () => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++]
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return value
    }
  }
  const taken = (bytes: number) => message.subarray(at, (at += bytes))
  while (at < message.length) {
    const key = Number(varint())
    const read = [varint, () => taken(8).readDoubleLE(), () => taken(Number(varint()))]
    const value = key % 8 === 5 ? taken(4).readFloatLE() : read[key % 8]()
    fields.set(key >> 3, [...(fields.get(key >> 3) ?? []), value])
  }
  return fields
}

/** The step of an event, its version or session status, if it has one, and its values by tag. */
export function eventIn(data: Buffer) {
  const event = fieldsOf(data)
  const only = (fields: ReturnType<typeof fieldsOf>, number: number) => fields.get(number)?.[0]
  const bytes = (value: unknown) => (value === undefined ? undefined : (value as Buffer))
  const [summary, session] = [bytes(only(event, 5)), bytes(only(event, 7))]
  const values = (summary ? (fieldsOf(summary).get(1) ?? []) : []).map((value) => fieldsOf(value as Buffer))
  return {
    wallTime: only(event, 1) as number,
    step: Number(only(event, 2)),
    version: bytes(only(event, 3))?.toString(),
    status: session && Number(only(fieldsOf(session), 1)),
    scalars: Object.fromEntries(
      values
        .filter((value) => value.has(2))
        .map((value) => [String(only(value, 1)), only(value, 2) as number]),
    ),
    histograms: Object.fromEntries(
      values
        .filter((value) => value.has(5))
        .map((value) => [String(only(value, 1)), histogramIn(fieldsOf(only(value, 5) as Buffer))]),
    ),
  }
}

function histogramIn(fields: ReturnType<typeof fieldsOf>) {
  const numbers = (number: number) => {
    const packed = fields.get(number)?.[0] as Buffer
    return Array.from({ length: packed.length / 8 }, (_, i) => packed.readDoubleLE(8 * i))
  }
  const [min, max, count, sum, sumOfSquares] = [1, 2, 3, 4, 5].map((number) => fields.get(number)?.[0])
  return { min, max, count, sum, sumOfSquares, limits: numbers(6), counts: numbers(7) }
}
