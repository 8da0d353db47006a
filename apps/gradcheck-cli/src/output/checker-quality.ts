import { textTable } from '@gosa/charts/text'
import type { Colors, Output } from '@gosa/cli-kit'
import type { CheckerQuality, CorpusQuality } from '../checks/measure-checker.ts'
import { texts } from '../texts.ts'
import { colorVerdict } from './entry-table.ts'

/*
 * The result of `--faults` on the terminal.
 */

/** Shows how well the checker does: the comparison as a detail, the counts as the result. */
export function showCheckerQuality(quality: CheckerQuality, output: Output, seconds: number): void {
  for (const line of qualityLines(quality, output.colors)) output.detail(line)
  output.detail()
  const { planted, caught, falseAlarms } = quality
  const verdict = caught === planted && falseAlarms === 0 ? 'pass' : 'fail'
  const { summary } = texts().quality
  output.result(
    summary(colorVerdict(verdict, output.colors), caught, planted, falseAlarms, seconds.toFixed(1)),
  )
}

/** Shows how well the checker does on a half of the second corpus. */
export function showCorpusQuality(quality: CorpusQuality, output: Output): void {
  for (const line of corpusLines(quality, output.colors)) output.detail(line)
  output.detail()
  const { wrong, missed, falseAlarms, inconclusive } = quality
  const verdict = missed.length === 0 && falseAlarms.length === 0 ? 'pass' : 'fail'
  const unclear = inconclusive.length
  const caught = wrong - missed.length - quality.unclearWrong
  output.result(
    texts().quality.corpusSummary(
      colorVerdict(verdict, output.colors),
      caught,
      wrong,
      falseAlarms.length,
      unclear,
    ),
  )
}

/** The checker beside the rules of others on a half of the second corpus, then what it got wrong, with what it named. */
export function corpusLines(quality: CorpusQuality, colors: Colors): string[] {
  const { half, wrong, right, missed, falseAlarms, inconclusive, hard, baselines } = quality
  const text = texts().quality
  const table = rulesTable({ missed: missed.length, falseAlarms: falseAlarms.length }, baselines, colors)
  const withReasons =
    (title: (name: string) => string) =>
    ({ name, reasons }: { name: string; reasons: readonly string[] }): string[] => [
      colors.red(title(name)),
      ...reasons.map((reason) => `  ${reason}`),
    ]
  return [
    text.corpusTitle(half, wrong, right),
    '',
    ...table,
    ...(hard.length > 0 ? ['', text.notJudged(hard.length)] : []),
    ...(missed.length + falseAlarms.length + inconclusive.length > 0 ? [''] : []),
    ...missed.flatMap(withReasons(text.missedFault)),
    ...falseAlarms.flatMap(withReasons(text.falseAlarm)),
    ...inconclusive.flatMap(withReasons(text.inconclusiveCase)),
  ]
}

/** The checker beside the rules of others. */
function rulesTable(
  own: { missed: number; falseAlarms: number },
  { book, pytorch }: CheckerQuality['baselines'],
  colors: Colors,
): string[] {
  const text = texts().quality
  const row = (name: string, counts: { missed: number; falseAlarms: number }) => [
    name,
    String(counts.missed),
    String(counts.falseAlarms),
  ]
  const rows = [
    [text.rule, text.missed, text.falseAlarms],
    row('gosa-gradcheck', own),
    row(text.book, book),
    row(text.pytorch, pytorch),
  ]
  return textTable(rows, {
    align: ['left', 'right'],
    paint: (cell, row) => (row === 0 ? colors.dim(cell) : cell),
  })
}

/** The checker beside the rules of others as a table, then the names of what it got wrong. */
export function qualityLines(quality: CheckerQuality, colors: Colors): string[] {
  const { planted, missed, trials, falseAlarms, failedTrials, inconclusive, baselines } = quality
  const text = texts().quality
  const table = rulesTable({ missed: missed.length, falseAlarms }, baselines, colors)
  return [
    text.title(planted, trials),
    '',
    ...table,
    ...(inconclusive > 0 ? ['', text.withoutVerdict(inconclusive)] : []),
    ...(missed.length > 0 || failedTrials.length > 0 ? [''] : []),
    ...missed.map((name) => colors.red(text.missedFault(name))),
    ...failedTrials.map((name) => colors.red(text.falseAlarm(name))),
  ]
}
