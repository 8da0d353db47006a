import type { Histogram } from '@gosa/charts'
import {
  bytesField,
  concatBytes,
  doubleField,
  type Field,
  floatField,
  messageField,
  packedDoublesField,
  stringField,
  uintField,
} from '@gosa/formats/protobuf'

/**
 * TensorBoard's event files: protobuf messages, framed as TFRecords with checksums.
 *
 * Sources: tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto for the numbers of the fields;
 * tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details".
 */

/** When an event happened; `wallTime` is in seconds since 1970. */
interface EventTime {
  wallTime: number
  step: number
}

const event = ({ wallTime, step }: EventTime, ...content: Field[]): Uint8Array =>
  concatBytes([doubleField(1, wallTime), uintField(2, step), ...content])

/** The first event of a file: its format. */
export const versionEvent = (wallTime: number): Uint8Array =>
  event({ wallTime, step: 0 }, stringField(3, 'brain.Event:2'))

/** Training starts at this step (`SessionLog.START`): what older files say of it and later ones is void. */
export const startEvent = (time: EventTime): Uint8Array => event(time, messageField(7, uintField(1, 1)))

/** The values of a step, by their tags. */
export function summaryEvent(
  time: EventTime,
  scalars: Readonly<Record<string, number>>,
  histograms: Readonly<Record<string, Histogram>> = {},
): Uint8Array {
  const values = [
    ...Object.entries(scalars).map(([tag, value]) =>
      messageField(1, stringField(1, tag), floatField(2, value)),
    ),
    ...Object.entries(histograms).map(([tag, value]) =>
      messageField(1, stringField(1, tag), bytesField(5, encodeHistogram(value))),
    ),
  ]
  return event(time, messageField(5, ...values))
}

/** A `HistogramProto`, which lists the upper limits of the bins. */
function encodeHistogram({ min, max, count, sum, sumOfSquares, bins }: Histogram): Uint8Array {
  const width = (max - min) / bins.length
  const limits = bins.map((_, i) => (i === bins.length - 1 ? max : min + (i + 1) * width))
  return concatBytes([
    ...[min, max, count, sum, sumOfSquares].map((value, i) => doubleField(i + 1, value)),
    packedDoublesField(6, limits),
    packedDoublesField(7, bins),
  ])
}

/** An event as a record: its length in 8 bytes, their masked CRC-32C in 4, the event, its CRC in 4, all little-endian. */
export function encodeRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(data.length + 16)
  const view = new DataView(record.buffer)
  view.setBigUint64(0, BigInt(data.length), true)
  view.setUint32(8, maskCrc(crc32c(record.subarray(0, 8))), true)
  record.set(data, 12)
  view.setUint32(12 + data.length, maskCrc(crc32c(data)), true)
  return record
}

/** A CRC rotated right by 15 bits plus a constant, so that the CRC of data that contain CRCs is still useful. */
const maskCrc = (crc: number): number => ((((crc >>> 15) | (crc << 17)) >>> 0) + 0xa282ead8) >>> 0

/** Castagnoli's polynomial with its bits reversed: RFC 3720, B.4. */
const POLYNOMIAL = 0x82f63b78

/** The CRC of each byte. */
const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1
  return crc
})

/** The CRC-32C of bytes, as in iSCSI and TFRecords; that of "123456789" is 0xE3069283. */
export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of data) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff]
  return (crc ^ 0xffffffff) >>> 0
}
