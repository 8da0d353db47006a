import { operations } from './tasks.mjs'

/** The results as Markdown: for each task a table of all contenders and their ratios to the first. */
export function report({ date, command, machine, data, rounds, contenders, results, sizes }) {
  const versions = contenders.map(
    ({ name, version, absent }) => `- ${name}: ${absent ? `absent (${absent})` : version}`,
  )
  return [
    '# Results',
    '',
    `Written by \`${command}\` on ${date}. ${machine}; data: ${data}. Medians of ${rounds} rounds, in each of which all`,
    'contenders took turns; the fastest and the slowest round in brackets. The ratio is the time of a contender divided by',
    'that of Gosa, the median of the ratios within each round. The aims, and why some of them are missed:',
    '[README](README.md#what-is-reached).',
    '',
    '## Contenders',
    '',
    ...versions,
    '',
    ...results.flatMap(({ task, rows }) => ['', `## ${capital(task.name)}`, '', ...table(task, rows)]),
    ...(sizes ? ['', '## Sizes', '', ...sizeTable(sizes)] : []),
    '',
  ].join('\n')
}

const capital = (text) => text[0].toUpperCase() + text.slice(1)

function table(task, rows) {
  const speed = operations(task) ? ['GFLOPS'] : []
  const head = ['contender', 'time', 'ratio', ...speed]
  const measured = rows.filter(({ times }) => times.length > 0)
  const base = measured[0]?.times ?? []
  const lines = measured.map(({ name, times }) => {
    const ratio = median(times.map((time, round) => time / base[round]))
    const gflops = speed.map(() => (operations(task) / median(times) / 1e9).toFixed(1))
    const span = `(${duration(Math.min(...times))}–${duration(Math.max(...times))})`
    return [name, `${duration(median(times))} ${span}`, ratio.toFixed(2), ...gflops]
  })
  const left = rows.filter(({ cannot }) => cannot).map(({ name, cannot }) => `${name}: ${cannot}`)
  return [
    ...[head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`),
    ...(left.length > 0 ? ['', `Without: ${left.join('; ')}.`] : []),
  ]
}

function sizeTable(sizes) {
  const value = (key, number) => (key === 'seconds' ? duration(number) : `${(number / 1000).toFixed(1)} kB`)
  return [
    '| what | |',
    '| --- | --- |',
    ...Object.entries(sizes).map(
      ([name, values]) =>
        `| ${name} | ${Object.entries(values)
          .map(([key, number]) => `${value(key, number)}${/seconds|bytes/.test(key) ? '' : ` ${key}`}`)
          .join(', ')} |`,
    ),
  ]
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]

function duration(seconds) {
  if (seconds >= 1) return `${seconds.toFixed(2)} s`
  if (seconds >= 1e-3) return `${(seconds * 1e3).toFixed(2)} ms`
  return `${(seconds * 1e6).toFixed(1)} µs`
}
