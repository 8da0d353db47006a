/**
 * HTML, SVG and XML as text: a template tag that escapes whatever is put into it, and the frame of a self-contained page.
 */
import { pageStyle } from './page-style.ts'

export { pageStyle }

/** HTML or SVG that is safe to insert into a page: made by `html`, or trusted by whoever constructs it. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }

  toJSON(): string {
    return this.#text
  }
}

/** What a template takes: markup is inserted unchanged, strings and numbers are escaped, lists joined, `undefined` omitted. */
export type Content = Markup | string | number | undefined | readonly Content[]

/** Markup with values in it, as text or in quoted attributes: html`<p title="${name}">${list}</p>`. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(strings.reduce((text, string, i) => text + render(values[i - 1]) + string))

function render(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Markup) return String(content)
  if (typeof content === 'object') return content.map(render).join('')
  return escapeMarkup(String(content))
}

/**
 * Text for HTML and XML, in elements and in quoted attributes: `&<>"'` become character references, and characters that
 * XML 1.0 cannot contain become U+FFFD.
 */
export const escapeMarkup = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The most important numbers of a page, each large, with its name below. */
export const figureList = (figures: Readonly<Record<string, string>>): Markup =>
  html`<dl class="figures">${Object.entries(figures).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`

/** The parts of a page. */
export interface HtmlPage {
  readonly title: string
  readonly body: Content
  /** The style sheet; `pageStyle` by default. */
  readonly style?: string
  /** A classic script, run at the end of the body. */
  readonly script?: string
  /** The language of the page; `en` by default. */
  readonly lang?: string
  /** A content security policy, such as `default-src 'none'`. It has to allow the style and the script. */
  readonly policy?: string
}

/** A complete HTML document in which style and script are inline, so that it needs no other file. */
export function htmlPage({ title, body, style = pageStyle, script, lang = 'en', policy }: HtmlPage): string {
  return String(html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
${policy === undefined ? undefined : html`<meta http-equiv="Content-Security-Policy" content="${policy}">\n`}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
${body}${script === undefined ? undefined : html`\n<script>${new Markup(script)}</script>`}
</body>
</html>
`)
}
