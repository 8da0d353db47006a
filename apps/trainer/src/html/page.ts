import { createHash } from 'node:crypto'
import { html, Markup } from './markup.ts'
import { STYLE } from './style.ts'

/** A page, and the policy that lets it load nothing, run nothing and look like nothing but what is in it. */
export interface Page {
  readonly text: string
  readonly policy: string
}

/**
 * A whole page, with its style sheet inside and, if it has one, its script, which may fetch from where the page is. The
 * policy stands in the page itself, for files; a server sends it as `Content-Security-Policy` too.
 */
export function page(title: string, content: Markup, script?: string): Page {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${hashed(STYLE)}`,
    ...(script === undefined ? [] : [`script-src ${hashed(script)}`, "connect-src 'self'"]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const text = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
${content}${
  script === undefined
    ? undefined
    : html`
<script>${new Markup(script)}</script>`
}
</body>
</html>
`
  return { text: String(text), policy }
}

/** What a policy calls a style sheet or a script that stands in the page. */
const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
