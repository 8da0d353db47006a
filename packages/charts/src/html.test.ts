import { describe, expect, it } from 'vitest'
import { escapeMarkup, html, htmlPage, Markup } from './html.ts'

describe('html', () => {
  it('escapes text in elements and in attributes', () => {
    const evil = `<img src=x onerror="alert('&')">`
    const escaped = '&#60;img src=x onerror=&#34;alert(&#39;&#38;&#39;)&#34;&#62;'
    expect(String(html`<p title="${evil}">${evil}</p>`)).toBe(`<p title="${escaped}">${escaped}</p>`)
  })

  it('is a string in JSON', () => {
    expect(JSON.parse(JSON.stringify({ part: html`<p>${'&'}</p>` }))).toEqual({ part: '<p>&#38;</p>' })
  })

  it('inserts markup unescaped, joins lists, and omits undefined', () => {
    const item = (text: string) => html`<li>${text}</li>`
    expect(String(html`<ul>${['a', '<b>'].map(item)}${undefined}${[]}</ul>${0}`)).toBe(
      '<ul><li>a</li><li>&#60;b&#62;</li></ul>0',
    )
  })
})

describe('escapeMarkup', () => {
  it('replaces what XML cannot contain, and keeps characters beyond the basic plane', () => {
    expect(escapeMarkup('a\0b\ud800c\ufffe 😀\t∂')).toBe('a\ufffdb\ufffdc\ufffd 😀\t∂')
  })
})

describe('htmlPage', () => {
  it('escapes the title and inlines style and script', () => {
    const page = htmlPage({
      title: '<b>',
      body: html`<main></main>`,
      style: 'a > b {}',
      script: 'if (1 < 2) {}',
      policy: "default-src 'none'",
    })
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">\n/)
    expect(page).toContain('<title>&#60;b&#62;</title>')
    expect(page).toContain('<style>a > b {}</style>')
    expect(page).toContain('<main></main>\n<script>if (1 < 2) {}</script>\n</body>')
    expect(page).toContain('content="default-src &#39;none&#39;"')
  })

  it('has the shared style, no script and no policy by default', () => {
    const page = htmlPage({ title: 'Check', body: new Markup('') })
    expect(page).toContain('--forward: #1f5fbf;')
    expect(page).toMatch(/prefers-color-scheme: dark\) \{ :root \{ --ground: #12161c;/)
    expect(page).not.toMatch(/<script|Content-Security-Policy/)
  })
})
