/** The text table of `Network.summary`. */
import { type Layer, outputShapes } from '@gosa/layers'
import type { Shape } from '@gosa/linalg'
import type { Loss } from '@gosa/losses'

/**
 * Returns a table of layers: name, class, output shape with N for the number of samples, number of parameters; the total, and
 * the number of elements of buffers, such as running means, if there are any; and the loss. An unknown shape is `?`.
 */
export function summaryTable(
  layers: Readonly<Record<string, Layer>>,
  inputShape: Shape | undefined,
  loss: Loss<never>,
): string {
  const shapes = outputShapes(layers, inputShape, 'Network')
  const counts = Object.values(layers).map((layer) =>
    layer.parameters().reduce((sum, { value }) => sum + value.size, 0),
  )
  const total = counts.reduce((sum, count) => sum + count, 0)
  const buffers = Object.values(layers)
    .flatMap((layer) => layer.buffers?.() ?? [])
    .reduce((sum, { value }) => sum + value.size, 0)
  const rows = [
    ['layer', 'class', 'output', 'parameters'],
    ['input', '', formatShape(inputShape), ''],
    ...Object.entries(layers).map(([name, layer], i) => [
      name,
      className(layer),
      formatShape(shapes[i]),
      formatCount(counts[i]),
    ]),
    ['loss', className(loss), '', ''],
    ['total', '', '', formatCount(total)],
    ...(buffers > 0 ? [['not trained', '', '', formatCount(buffers)]] : []),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (row: string[]) =>
    row
      .map((cell, i) => (i < 3 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

/** Returns the name of an object's class. Bundlers put an underscore before the name of a class that refers to itself. */
export const className = (instance: object): string => instance.constructor.name.replace(/^_(?=[A-Z])/, '')

const formatShape = (sample: Shape | undefined): string => (sample ? `(${['N', ...sample].join(', ')})` : '?')

/** 39,760 */
const formatCount = (count: number): string => count.toLocaleString('en-US')
