import { showShape } from '@gosa/linalg'
import { escaped } from './escape.ts'
import { type HeatMap, type HeatMaps, heatMapsOf } from './heat-map.ts'
import { script, style } from './page.ts'
import type { Entry, Report } from './report.ts'

/**
 * Reports as one page that needs nothing else: a table of each, what else was found, and for each input and weight pictures
 * of the analytic and the numerical gradient and of their difference, with the worst entries framed.
 */
export function toHtml(
  reports: readonly Report[],
  { title = 'Gradient check' }: { title?: string } = {},
): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head>`,
    `<body><h1>${escaped(title)}</h1>`,
    ...reports.map(section),
    `<script>${script}</script></body></html>`,
    '',
  ].join('\n')
}

function section({ name, verdict, method, mode, dtype, seed, entries, findings, notes }: Report): string {
  return [
    `<section><h2>${escaped(name)} <span class="${verdict}">${verdict}</span></h2>`,
    `<p>${method}, ${mode}, ${dtype}, seed ${seed}</p>`,
    entries.length > 0 ? entryTable(entries) : '',
    ...findings.map((finding) => `<p class="fail"><b>${finding.name}</b>: ${escaped(finding.message)}</p>`),
    ...notes.map((note) => `<p>${escaped(note)}</p>`),
    ...entries.map(pictures),
    '</section>',
  ].join('\n')
}

const HEAD = [
  '',
  'shape',
  'mean |a − n|',
  'max relative',
  'worst at',
  'analytic',
  'numerical',
  'kinks',
  'verdict',
  '',
]

function entryTable(entries: readonly Entry[]): string {
  const row = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  const body = entries.map((entry) =>
    row(
      [
        entry.name,
        showShape(entry.shape),
        entry.meanAbsoluteDifference.toExponential(1),
        entry.maxRelativeError.toExponential(1),
        entry.worst ? showShape(entry.worst.index) : '',
        String(entry.worst?.analytic ?? ''),
        String(entry.worst?.numerical ?? ''),
        String(entry.kinks),
        entry.verdict,
        entry.cause ?? '',
      ],
      'td',
    ),
  )
  return `<table>${row(HEAD, 'th')}${body.join('')}</table>`
}

function pictures(entry: Entry): string {
  const maps = heatMapsOf(entry)
  if (!maps) return ''
  const figures = (['analytic', 'numerical', 'error'] as const).map((which) => figure(which, maps))
  return `<h3>${escaped(entry.name)} ${showShape(entry.shape)}</h3><div class="maps">${figures.join('')}</div>`
}

function figure(which: 'analytic' | 'numerical' | 'error', maps: HeatMaps): string {
  const { width, height, levels }: HeatMap = maps[which]
  const data = [
    `data-scale="${which === 'error' ? 'error' : 'signed'}"`,
    `data-levels="${base64(levels)}"`,
    `data-worst="${maps.worst.map(({ column, row }) => `${column},${row}`).join(' ')}"`,
  ]
  const canvas = `<canvas width="${width}" height="${height}" ${data.join(' ')}></canvas>`
  return `<figure>${canvas}<figcaption>${which}</figcaption></figure>`
}

/** In pieces, since the arguments of a call are limited. */
function base64(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += 8192) {
    text += String.fromCharCode(...bytes.subarray(from, from + 8192))
  }
  return btoa(text)
}
