const LIGHT = `
  --ground: #f7f5f0; --surface: #ffffff; --ink: #1d2733; --soft: #55606e; --line: #ded9cd; --strong: #80868f;
  --forward: #1f5fbf; --backward: #b93c15; --good: #1c7048; --faint: #aebfd9;
  --hit: 31 95 191; --miss: 214 76 30; --invert: 0;`

const DARK = `
  --ground: #12161c; --surface: #1a2029; --ink: #e8ecf1; --soft: #a3aebb; --line: #2d3643; --strong: #66717f;
  --forward: #7fb2ff; --backward: #ff9a76; --good: #6fd09d; --faint: #46597a;
  --hit: 127 178 255; --miss: 255 122 76; --invert: 1;`

/** How strongly the cells of a heat table are coloured, level by level. */
const HEAT = [0, 0.07, 0.13, 0.2, 0.28, 0.36, 0.44]

const heat = HEAT.map(
  (cover, level) => `
.hit.level-${level} { background: rgb(var(--hit) / ${cover}); }
.miss.level-${level} { background: rgb(var(--miss) / ${cover}); }`,
).join('')

/** The style sheet of the report and the live page, for light and dark, paper, phones and desks. */
export const STYLE = `
:root { color-scheme: light dark;${LIGHT}
}
@media screen and (prefers-color-scheme: dark) { :root {${DARK}
} }
*, *::before, *::after { box-sizing: border-box; }
html { font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); }
main { max-width: 1080px; margin: 0 auto; padding: 1.25rem clamp(0.75rem, 3vw, 2rem) 3rem; }
h1, h2 { line-height: 1.25; margin: 0; }
h1 { font-size: clamp(1.35rem, 1.1rem + 1.4vw, 1.9rem); font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; font-weight: 620; margin-bottom: 0.5rem; }
p { margin: 0.4rem 0; max-width: 75ch; }
a { color: var(--forward); }
b { font-weight: 620; }
:focus-visible { outline: 3px solid var(--forward); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
pre { margin: 0.5rem 0; padding: 0.7rem 0.9rem; border-radius: 8px; background: var(--ground); white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
section { margin-top: 1rem; padding: 1rem clamp(0.7rem, 2.5vw, 1.4rem) 1.2rem; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); break-inside: avoid; }
.soft { color: var(--soft); max-width: none; }
.whole { white-space: nowrap; }
.notice { border-left: 4px solid var(--backward); padding-left: 0.8rem; }
.figures { display: flex; flex-wrap: wrap; gap: 0.7rem 2rem; margin: 1rem 0 0; padding: 0; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--soft); font-size: 0.87rem; }
.figures dd { margin: 0; font-size: 1.45rem; font-weight: 620; font-variant-numeric: tabular-nums; line-height: 1.2; }
progress { width: 100%; height: 0.6rem; margin-top: 0.9rem; accent-color: var(--forward); }

figure { margin: 0; min-width: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 1.2rem 2rem; }
.chart { max-width: 520px; }
figcaption { font-weight: 620; margin-bottom: 0.3rem; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--soft); font-size: 11px; text-anchor: middle; font-variant-numeric: tabular-nums; }
svg text.end { text-anchor: end; }
svg text.start { text-anchor: start; }
.grid { stroke: var(--line); stroke-width: 1; fill: none; }
.axis { stroke: var(--strong); stroke-width: 1; fill: none; }
.curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
path.train, path.rate { stroke: var(--forward); }
path.test { stroke: var(--backward); stroke-dasharray: 6 4; }
path.validation { stroke: var(--good); stroke-dasharray: 2 4; }
path.batch { stroke: var(--faint); stroke-width: 1; }
circle.train, circle.rate { fill: var(--forward); }
circle.test { fill: var(--backward); }
circle.validation { fill: var(--good); }
circle.batch { fill: var(--faint); }
.legend { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; margin: 0.4rem 0 0; padding: 0; list-style: none; font-size: 0.87rem; }
.legend li { white-space: nowrap; font-variant-numeric: tabular-nums; }
.legend svg { display: inline-block; width: 24px; height: 8px; margin-right: 0.4rem; vertical-align: middle; }

.scroll { overflow-x: auto; }
.beside { display: flex; flex-wrap: wrap; gap: 0.6rem 2.5rem; align-items: flex-start; }
.beside p { flex: 1 1 220px; }
table { border-collapse: collapse; font-size: 0.87rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: 0.4rem; }
th { font-weight: 620; }
.confusion td, .confusion th { min-width: 2.9rem; padding: 0.3rem 0.2rem; text-align: center; border: 1px solid var(--surface); border-radius: 4px; }
.confusion.wide { font-size: 0.75rem; }
.confusion.wide td, .confusion.wide th { min-width: 1.85rem; padding: 0.2rem; }
.confusion th[scope=row] { position: sticky; left: 0; background: var(--surface); }
.confusion .none { color: var(--soft); }
.confusion .right { color: var(--soft); font-weight: 400; white-space: nowrap; padding-left: 0.5rem; }
.confusion .hit { font-weight: 620; }${heat}
.epochs td, .epochs th { padding: 0.15rem 0.7rem; text-align: right; white-space: nowrap; }
details summary { cursor: pointer; padding: 0.3rem 0; }

.images { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: 0.9rem 0.5rem; margin: 0.6rem 0 0; padding: 0; list-style: none; text-align: center; font-size: 0.81rem; line-height: 1.4; }
.images li { display: flex; flex-direction: column; align-items: center; }
img { image-rendering: pixelated; object-fit: contain; }
.images img { width: 64px; height: 64px; margin-bottom: 0.3rem; }
img.ink { filter: invert(var(--invert)); }
.wrong, .positive { color: var(--backward); }
.negative { color: var(--forward); }
.units { display: grid; grid-template-columns: repeat(auto-fill, minmax(52px, 1fr)); gap: 6px; margin-top: 0.6rem; }
.units img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 3px; }
.histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 1rem 1.4rem; margin-top: 0.4rem; }
.histogram { max-width: 240px; }
.histogram figcaption, .histogram p { font-size: 0.87rem; font-weight: 400; margin: 0 0 0.2rem; }
.histogram p { color: var(--soft); }
.bars { fill: var(--forward); opacity: 0.75; }
.zero { stroke: var(--backward); stroke-dasharray: 3 3; }

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 290px), 1fr)); gap: 0 2rem; margin: 0; }
.facts div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.25rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--soft); flex: none; }
.facts dd { margin: 0; text-align: right; overflow-wrap: anywhere; min-width: 0; }
@media (max-width: 520px) {
  .confusion { width: 100%; font-size: 0.72rem; }
  .confusion td, .confusion th { min-width: 0; padding: 0.3rem 0; }
  .confusion .right { padding-left: 0.2rem; }
}
@media print { body { background: none; } section { border: 0; padding: 0; } }
`
