/** HTML or SVG that is safe to be put into a page. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** What can stand in markup: markup as it is, texts and numbers escaped, lists one after the other, `undefined` as nothing. */
export type Content = Markup | string | number | undefined | readonly Content[]

/** Markup with values in it, in the text or in quoted attributes: html`<p title="${name}">${list}</p>`. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
  new Markup(strings.reduce((text, string, i) => text + written(values[i - 1]) + string))

function written(content: Content): string {
  if (content === undefined) return ''
  if (content instanceof Markup) return String(content)
  if (typeof content === 'object') return content.map(written).join('')
  return String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
