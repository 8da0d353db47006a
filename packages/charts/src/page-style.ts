/** The style sheet that self-contained pages start from: light and dark, phones, desks and paper. */
import { customProperties, palettes } from './palette.ts'

/** Typography, cards (`section`), figures, tables, code, and the palette as custom properties (`--forward`, `--ink-soft`, …). */
export const pageStyle = `
:root { color-scheme: light dark; ${customProperties(palettes.light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${customProperties(palettes.dark)} } }
*, *::before, *::after { box-sizing: border-box; }
html { font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); }
main { max-width: 1080px; margin: 0 auto; padding: 1.25rem clamp(0.75rem, 3vw, 2rem) 3rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; }
h1 { font-size: clamp(1.35rem, 1.1rem + 1.4vw, 1.9rem); font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; font-weight: 620; margin-bottom: 0.5rem; }
h3 { font-size: 1rem; font-weight: 620; margin: 0.9rem 0 0.4rem; }
p { margin: 0.4rem 0; max-width: 75ch; }
a { color: var(--forward); }
b { font-weight: 620; }
:focus-visible { outline: 3px solid var(--forward); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.9em; }
pre { margin: 0.5rem 0; padding: 0.7rem 0.9rem; border-radius: 8px; background: var(--ground); white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
section { margin-top: 1rem; padding: 1rem clamp(0.7rem, 2.5vw, 1.4rem) 1.2rem; border: 1px solid var(--line); border-radius: 14px; background: var(--surface); break-inside: avoid; }
figure { margin: 0; min-width: 0; }
figcaption { font-weight: 620; margin-bottom: 0.3rem; }
table { border-collapse: collapse; font-size: 0.87rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--ink-soft); padding-bottom: 0.4rem; }
th { font-weight: 620; }
.figures { display: flex; flex-wrap: wrap; gap: 0.7rem 2rem; margin: 1rem 0 0; padding: 0; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--ink-soft); font-size: 0.87rem; }
.figures dd { margin: 0; font-size: 1.45rem; font-weight: 620; font-variant-numeric: tabular-nums; line-height: 1.2; }
.scroll { overflow-x: auto; }
.soft { color: var(--ink-soft); max-width: none; }
.notice { border-left: 4px solid var(--backward); padding-left: 0.8rem; }
details summary { cursor: pointer; padding: 0.3rem 0; }
@media print { body { background: none; } section { border: 0; padding: 0; } }
`
