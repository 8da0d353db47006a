import { html, type Markup } from './markup.ts'

/** The most important numbers, large, each with its name below. */
export const figures = (named: Readonly<Record<string, string>>): Markup =>
  html`<dl class="figures">${Object.entries(named).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
