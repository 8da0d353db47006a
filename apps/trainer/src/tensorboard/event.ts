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
import type { Histogram } from '../report/histogram.ts'

/**
 * Events as TensorBoard reads them; `wallTime` is in seconds since 1970.
 *
 * Source: the fields' numbers are those of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
 */
interface When {
  wallTime: number
  step: number
}

const event = ({ wallTime, step }: When, ...what: Field[]): Uint8Array =>
  concatBytes([doubleField(1, wallTime), uintField(2, step), ...what])

/** The first event of a file: what it is. */
export const versionEvent = (wallTime: number): Uint8Array =>
  event({ wallTime, step: 0 }, stringField(3, 'brain.Event:2'))

/** Training goes on: what an older file says of this step and later ones is void (`SessionLog.START`). */
export const startEvent = (when: When): Uint8Array => event(when, messageField(7, uintField(1, 1)))

/** Values of a step, by their tags. */
export function summaryEvent(
  when: When,
  scalars: Readonly<Record<string, number>>,
  histograms: Readonly<Record<string, Histogram>> = {},
): Uint8Array {
  const values = [
    ...Object.entries(scalars).map(([tag, value]) =>
      messageField(1, stringField(1, tag), floatField(2, value)),
    ),
    ...Object.entries(histograms).map(([tag, value]) =>
      messageField(1, stringField(1, tag), bytesField(5, histo(value))),
    ),
  ]
  return event(when, messageField(5, ...values))
}

/** A `HistogramProto`, whose bins have their upper ends as limits. */
function histo({ min, max, count, sum, sumOfSquares, bins }: Histogram): Uint8Array {
  const width = (max - min) / bins.length
  const limits = bins.map((_, i) => (i === bins.length - 1 ? max : min + (i + 1) * width))
  return concatBytes([
    ...[min, max, count, sum, sumOfSquares].map((value, i) => doubleField(i + 1, value)),
    packedDoublesField(6, limits),
    packedDoublesField(7, bins),
  ])
}
