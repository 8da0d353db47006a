/** The frame of a report: a page that stands alone, with a policy under which it loads and runs nothing but its own parts. */
import { createHash } from 'node:crypto'
import { chartStyle } from '@gosa/charts'
import { html, htmlPage, type Markup, pageStyle } from '@gosa/charts/html'
import { language } from '@gosa/cli-kit'

/** A page, and its content security policy. */
export interface Page {
  readonly text: string
  readonly policy: string
}

/**
 * A page with its style sheet and, if given, a script, which may connect to the server of the page. The policy is part of the
 * page, for files; a server sends it as `Content-Security-Policy` too.
 */
export function reportPage(title: string, body: Markup, script?: string): Page {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashSource(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashSource(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return {
    text: htmlPage({
      title,
      lang: language(),
      body: html`<main>${body}</main>`,
      style: STYLE,
      script,
      policy,
    }),
    policy,
  }
}

/** How a policy names an inline style sheet or script. */
const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** How strongly the cells of the confusion matrix are coloured, by level. */
const HEAT = [0, 0.07, 0.13, 0.2, 0.28, 0.36, 0.44]

const heatStyle = HEAT.map(
  (cover, level) => `
.hit.level-${level} { background: rgb(var(--hit) / ${cover}); }
.miss.level-${level} { background: rgb(var(--miss) / ${cover}); }`,
).join('')

const STYLE = `${pageStyle}${chartStyle}
:root { --hit: 31 95 191; --miss: 214 76 30; --invert: 0; }
@media screen and (prefers-color-scheme: dark) { :root { --hit: 127 178 255; --miss: 255 122 76; --invert: 1; } }
.nowrap { white-space: nowrap; }
progress { width: 100%; height: 0.6rem; margin-top: 0.9rem; accent-color: var(--forward); }

.beside { display: flex; flex-wrap: wrap; gap: 0.6rem 2.5rem; align-items: flex-start; }
.beside p { flex: 1 1 220px; }
.confusion td, .confusion th { min-width: 2.9rem; padding: 0.3rem 0.2rem; text-align: center; border: 1px solid var(--surface); border-radius: 4px; }
.confusion.wide { font-size: 0.75rem; }
.confusion.wide td, .confusion.wide th { min-width: 1.85rem; padding: 0.2rem; }
.confusion th[scope=row] { position: sticky; left: 0; background: var(--surface); }
.confusion .none { color: var(--ink-soft); }
.confusion .recall { color: var(--ink-soft); font-weight: 400; white-space: nowrap; padding-left: 0.5rem; }
.confusion .hit { font-weight: 620; }${heatStyle}
.epochs td, .epochs th { padding: 0.15rem 0.7rem; text-align: right; white-space: nowrap; }

.images { display: grid; grid-template-columns: repeat(auto-fill, minmax(92px, 1fr)); gap: 0.9rem 0.5rem; margin: 0.6rem 0 0; padding: 0; list-style: none; text-align: center; font-size: 0.81rem; line-height: 1.4; }
.images li { display: flex; flex-direction: column; align-items: center; }
img { image-rendering: pixelated; object-fit: contain; }
.images img { width: 64px; height: 64px; margin-bottom: 0.3rem; }
img.ink { filter: invert(var(--invert)); }
.wrong, .positive { color: var(--backward); }
.negative { color: var(--forward); }
.units { display: grid; grid-template-columns: repeat(auto-fill, minmax(52px, 1fr)); gap: 6px; margin-top: 0.6rem; }
.units img { width: 100%; height: auto; border: 1px solid var(--line); border-radius: 3px; }

.maps { display: flex; gap: 1rem; align-items: flex-start; margin-top: 1rem; }
.maps figure { flex: none; margin: 1.4rem 0 0; text-align: center; }
.maps figure img { width: 72px; height: 72px; }
.maps > div { flex: 1; min-width: 0; }
.maps p { margin: 0; }
.maps .units { grid-template-columns: repeat(auto-fill, minmax(44px, 1fr)); margin-top: 0.3rem; }
@media (max-width: 520px) {
  .maps { flex-direction: column; }
  .maps > div { width: 100%; }
  .maps figure { margin: 0; }
}

.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 290px), 1fr)); gap: 0 2rem; margin: 0; }
.facts div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.25rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--ink-soft); flex: none; }
.facts dd { margin: 0; text-align: right; overflow-wrap: anywhere; min-width: 0; }
@media (max-width: 520px) {
  .beside > .scroll { width: 100%; }
  .confusion { width: 100%; font-size: 0.72rem; }
  .confusion td, .confusion th { min-width: 0; padding: 0.3rem 0; }
  .confusion .recall { padding-left: 0.2rem; }
}
`
