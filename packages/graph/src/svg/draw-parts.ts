import type { DrawnEdge, DrawnNode, Text } from '../layout/scene.ts'
import { type Among, arrow, cornerOf } from './arrows.ts'
import { drawHeat } from './draw-heat.ts'
import type { Known } from './known.ts'
import { escapeXml, px } from './xml.ts'

/** An arrow with what is known of what flows along it. */
export function drawEdge(drawn: DrawnEdge, i: number, among: Among, known: Known): string {
  const { edge, value, gradient } = drawn
  const parts = [arrow(drawn, among, 'forward', gradient !== undefined)]
  if (known.value(edge)) parts.push(drawText(value.text, 'g-value'), value.heat ? drawHeat(value.heat) : '')
  if (gradient && known.gradient(edge)) {
    parts.push(arrow(drawn, among, 'backward'), drawText(gradient.text, 'g-gradient'))
    if (gradient.heat) parts.push(drawHeat(gradient.heat))
  }
  return `<g data-edge="${i}"${known.isNow(edge) ? ' class="g-now"' : ''}>${parts.join('')}</g>`
}

/** A node with its label; its id is its hint. */
export function drawNode({ node, form, box, label }: DrawnNode, known: Known): string {
  const { x, y, width, height } = box
  const radius = cornerOf({ form, box })
  const outline =
    form === 'circle'
      ? `<circle class="g-node g-${node.kind}" cx="${px(x + width / 2)}" cy="${px(y + height / 2)}" r="${px(width / 2)}"/>`
      : `<rect class="g-node g-${node.kind}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="${px(radius)}"/>`
  const hint = node.label === node.id ? node.id : `${node.label} (${node.id})`
  return `<g data-node="${escapeXml(node.id)}"${known.isNow(node) ? ' class="g-now"' : ''}><title>${escapeXml(hint)}</title>${outline}${drawText(label, 'g-label')}</g>`
}

/** The baseline lies 0.35 em below the middle of usual letters. */
const drawText = ({ text, size, x, y, width, height }: Text, kind: string): string =>
  `<text class="${kind}" x="${px(x + width / 2)}" y="${px(y + height / 2 + 0.35 * size)}" font-size="${size}">${escapeXml(text)}</text>`
