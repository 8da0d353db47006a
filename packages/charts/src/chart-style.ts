/**
 * The style sheet of charts. It needs the custom properties of `pageStyle` (`--forward`, `--line`, …). A page whose policy
 * forbids inline styles adopts it as a constructed sheet: `new CSSStyleSheet()`, `replaceSync(chartStyle)`.
 */
export const chartStyle = `
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 1.2rem 2rem; }
.chart { max-width: 520px; }
.chart svg, .histogram svg { display: block; width: 100%; height: auto; overflow: visible; }
.chart svg text, .histogram svg text { fill: var(--ink-soft); font-size: 11px; text-anchor: middle; font-variant-numeric: tabular-nums; }
.chart svg text.end, .histogram svg text.end { text-anchor: end; }
.histogram svg text.start { text-anchor: start; }
.grid { stroke: var(--line); stroke-width: 1; fill: none; }
.axis { stroke: var(--line-strong); stroke-width: 1; fill: none; }
.curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
path.train, path.rate { stroke: var(--forward); }
path.test { stroke: var(--backward); stroke-dasharray: 6 4; }
path.validation { stroke: var(--good); stroke-dasharray: 2 4; }
path.batch { stroke: var(--faint); stroke-width: 1; }
circle.train, circle.rate { fill: var(--forward); }
circle.test { fill: var(--backward); }
circle.validation { fill: var(--good); }
circle.batch { fill: var(--faint); }
circle.point { fill: var(--forward); opacity: 0.55; }
.chart .legend { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; margin: 0.4rem 0 0; padding: 0; list-style: none; font-size: 0.87rem; }
.chart .legend li { white-space: nowrap; font-variant-numeric: tabular-nums; }
.chart .legend svg { display: inline-block; width: 24px; height: 8px; margin-right: 0.4rem; vertical-align: middle; }
.histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 1rem 1.4rem; margin-top: 0.4rem; }
.histogram { max-width: 240px; }
.histogram figcaption, .histogram p { font-size: 0.87rem; font-weight: 400; margin: 0 0 0.2rem; }
.histogram p { color: var(--ink-soft); }
.bars { fill: var(--forward); opacity: 0.75; }
.zero { stroke: var(--backward); stroke-dasharray: 3 3; }
`
