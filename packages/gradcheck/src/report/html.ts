import { figureList, html, htmlPage, Markup, pageStyle } from '@gosa/charts/html'
import { formatCount, formatNumber, formatSignificant } from '@gosa/charts/text'
import { showShape } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import type { CheckEntry, Report, Verdict } from '../types/report.ts'
import { checkReports } from './check-reports.ts'
import { heatMapFigures, heatMapScript, heatMapStyle } from './heat-map-figures.ts'
import { ENGLISH, type PageTexts } from './page-texts.ts'
import { type CellFormat, COLUMNS } from './table.ts'

/** Reports as one HTML page that needs no other file. */

/** The order of the page, which is that of urgency. */
const VERDICTS: readonly Verdict[] = ['fail', 'inconclusive', 'pass']

/**
 * Reports as one HTML page that needs no other file: a summary, then the reports, those that fail first. Each has a table, its
 * causes and findings, and for each input and weight heat maps of the analytic and the numerical gradient and of their
 * difference, with the worst entries framed. What passes is folded.
 */
export function toHtml(reports: readonly Report[], options?: { title?: string; texts?: PageTexts }): string {
  checkReports('toHtml', reports)
  const { title = 'Gradient check', texts = ENGLISH } = checkOptions('toHtml', options, ['title', 'texts'])
  const byVerdict = VERDICTS.flatMap((verdict) => reports.filter((report) => report.verdict === verdict))
  const body = html`<main><h1>${title}</h1>
${figureList(summaryFigures(reports, texts))}
${byVerdict.length > 1 ? contents(byVerdict, texts) : undefined}
${byVerdict.map((report, i) => section(report, i, byVerdict.length === 1, texts))}</main>`
  return htmlPage({
    ...{ title, body, lang: texts.lang },
    ...{ style: pageStyle + heatMapStyle + STYLE, script: heatMapScript },
  })
}

function summaryFigures(reports: readonly Report[], { verdicts, gradientsCompared }: PageTexts) {
  const counts = VERDICTS.map((verdict) => [
    verdicts[verdict],
    formatCount(reports.filter((report) => report.verdict === verdict).length),
  ])
  const compared = reports.flatMap(({ entries }) => entries).reduce((sum, { compared }) => sum + compared, 0)
  return Object.fromEntries([...counts, [gradientsCompared, formatCount(compared)]])
}

/** Anchors stand inside the folded part, so that browsers unfold what a link leads to. */
const anchor = (i: number): string => `report-${i + 1}`

function contents(reports: readonly Report[], texts: PageTexts): Markup {
  const items = reports.map(
    ({ name, verdict }, i) => html`<li><a href="#${anchor(i)}">${name}</a> ${badge(verdict, texts)}</li>\n`,
  )
  return html`<section><h2>${texts.contents}</h2><ol class="contents">\n${items}</ol></section>`
}

const badge = (verdict: Verdict, { verdicts }: PageTexts): Markup =>
  html`<span class="${verdict}">${verdicts[verdict]}</span>`

function section(report: Report, i: number, isOnly: boolean, texts: PageTexts): Markup {
  const { name, verdict, method, mode, dtype, seed, entries, findings, notes } = report
  const isOpen = isOnly || verdict !== 'pass'
  const largest = entries.reduce((most, { maxRelativeError }) => Math.max(most, maxRelativeError), 0)
  const error = entries.length > 0 ? `${texts.maxRelativeError} ${formatNumber(largest)}` : ''
  const causes = entries.filter(({ cause }) => cause !== undefined)
  return html`<section><details${isOpen ? new Markup(' open') : undefined}>
<summary><h2>${name} ${badge(verdict, texts)}</h2> <span class="soft">${error}</span></summary>
<p class="soft" id="${anchor(i)}">${method}, ${mode}, ${dtype}, seed ${seed}</p>
${causes.map((entry) => html`<p class="notice"><b>${entry.name}</b>: ${entry.cause}</p>\n`)}${findings.map(
  (finding) => html`<p class="notice"><b>${finding.name}</b>: ${finding.message}</p>\n`,
)}${notes.map((note) => html`<p>${note}</p>\n`)}
${entries.length > 0 ? entryTable(entries, texts) : undefined}
${entries.map((entry) => foldedHeatMaps(entry, verdict === 'pass' || entry.verdict !== 'pass', texts))}
</details></section>
`
}

function foldedHeatMaps(entry: CheckEntry, isOpen: boolean, texts: PageTexts): Markup | undefined {
  const figures = heatMapFigures(entry, texts)
  return (
    figures &&
    html`<details${isOpen ? new Markup(' open') : undefined}><summary><b>${entry.name}</b> ${showShape(entry.shape)}</summary>
${figures}</details>
`
  )
}

const PAGE: CellFormat = {
  shape: showShape,
  index: showShape,
  error: formatNumber,
  derivative: (value) => formatSignificant(value, 5),
  missing: '',
}

/** A row for each input and weight. On a phone each row becomes a list, for which the cells know their titles. */
function entryTable(entries: readonly CheckEntry[], { columns, verdicts }: PageTexts): Markup {
  const titles = COLUMNS.map(({ key, title }) => columns?.[key] ?? title)
  const rows = entries.map((entry) => {
    const cells = COLUMNS.map(({ key, cell }, i) => {
      const text = key === 'verdict' ? verdicts[entry.verdict] : cell(entry, PAGE)
      return html`<td class="${key}" data-title="${titles[i]}">${text}</td>`
    })
    return html`<tr class="${entry.verdict}">${cells}</tr>\n`
  })
  return html`<table class="entries"><thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table>`
}

const STYLE = `
summary h2, summary h3 { display: inline; margin: 0; overflow-wrap: anywhere; }
summary .soft { white-space: nowrap; }
[id^=report] { scroll-margin-top: 4rem; }
span.pass, .pass .verdict { color: var(--good); }
span.fail, .fail .verdict { color: var(--backward); font-weight: 620; }
span.inconclusive, .inconclusive .verdict { color: var(--ink-soft); font-weight: 620; }
.contents { columns: 260px; column-gap: 2rem; margin: 0; padding: 0; list-style: none; }
.contents li { display: flex; justify-content: space-between; gap: 1rem; break-inside: avoid; padding: 0.2rem 0; border-bottom: 1px solid var(--line); }
.contents a { overflow-wrap: anywhere; min-width: 0; }
.notice { overflow-wrap: anywhere; white-space: pre-wrap; max-width: none; }
.entries { margin: 0.6rem 0; }
.entries td, .entries th { padding: 0.2rem 1rem 0.2rem 0; text-align: left; border-bottom: 1px solid var(--line); }
.entries td { white-space: nowrap; }
@media (max-width: 760px) {
  .entries, .entries tbody { display: block; }
  .entries thead { display: none; }
  .entries tr { display: block; padding: 0.5rem 0; border-bottom: 1px solid var(--line-strong); }
  .entries td { display: flex; justify-content: space-between; gap: 1rem; padding: 0.1rem 0; border: 0; white-space: normal; overflow-wrap: anywhere; text-align: right; }
  .entries td:empty { display: none; }
  .entries td::before { content: attr(data-title); color: var(--ink-soft); text-align: left; flex: none; }
}
`
