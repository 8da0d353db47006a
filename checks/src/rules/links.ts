import { posix } from 'node:path'
import { outsideBlocks } from '../markdown.ts'

/** Relative links of a Markdown file that lead nowhere. `files` holds every file's text, by path. */
export function deadLinks(path: string, files: Map<string, string>): string[] {
  const text = outsideBlocks(files.get(path) ?? '').replace(/(`+)[^`]+\1/g, '')
  const links = [
    ...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
    ...text.matchAll(/(?:src|href)="([^"]+)"/g),
  ]
  return links
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/i.test(link) && !leadsSomewhere(path, link, files))
    .map((link) => `${path}: ${link}`)
}

function leadsSomewhere(from: string, link: string, files: Map<string, string>): boolean {
  const [file, anchor] = link.split('#')
  const target = file ? posix.join(posix.dirname(from), decodeURI(file)).replace(/\/$/, '') : from
  if (![...files.keys()].some((path) => path === target || path.startsWith(`${target}/`))) return false
  return (
    !anchor || !target.endsWith('.md') || anchors(files.get(target) ?? '').has(decodeURIComponent(anchor))
  )
}

/** The anchors that GitHub gives to headings: lower case, punctuation gone, hyphens for spaces; and those set by hand. */
function anchors(text: string): Set<string> {
  const headings = [...outsideBlocks(text).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading]) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-'),
  )
  const set = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name]) => name)
  return new Set([...headings, ...set])
}
