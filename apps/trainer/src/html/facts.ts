import { html, type Markup } from './markup.ts'

/** What a thing is called, and what it is, in words. */
export type Facts = Readonly<Record<string, string | number | undefined>>

/** A table of facts; those that are `undefined` are left out. */
export const factsTable = (facts: Facts): Markup =>
  html`<dl class="facts">${Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
    )}</dl>`
