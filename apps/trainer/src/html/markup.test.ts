import { describe, expect, it } from 'vitest'
import { html } from './markup.ts'

describe('markup', () => {
  it('has texts escaped, in elements and in attributes', () => {
    const evil = `<img src=x onerror="alert('&')">`
    const escaped = '&#60;img src=x onerror=&#34;alert(&#39;&#38;&#39;)&#34;&#62;'
    expect(String(html`<p title="${evil}">${evil}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('holds markup as it is, once, lists one after the other, and nothing for nothing', () => {
    const item = (text: string) => html`<li>${text}</li>`
    expect(String(html`<ul>${['a', '<b>'].map(item)}${undefined}${[]}</ul>${0}`)).toBe(
      '<ul><li>a</li><li>&#60;b&#62;</li></ul>0',
    )
  })
})
