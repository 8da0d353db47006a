import { homedir } from 'node:os'
import { posix } from 'node:path'
import { outsideBlocks } from '../markdown.ts'

/** Faults in the texts of the repository: paths of one machine, registries, other pnpm versions, dead links, missing files. */

/** Home and work folders on the usual systems, which exist on one machine only; `me` stands for anybody. */
const HOME_FOLDERS =
  /(?<![\w.~*-])(\/(home|Users|root|mnt|srv|work)\/(?!me\b)[\w.-]+|[A-Z]:\\+Users\\+(?!me\b)\w+)/g

/** Paths of one machine that a file names; `top` is the repository's folder on this one. */
export function machinePaths(path: string, text: string, top: string): string[] {
  const own = [top, homedir()].map((folder) => folder.replace(/[/\\]+$/, '')).filter(isNested)
  return [...(text.match(HOME_FOLDERS) ?? []), ...own.filter((folder) => contains(text, folder))].map(
    (match) => `${path}: ${match}`,
  )
}

/** A folder at the root of a disk has too common a name to search for, such as `/src`. */
const isNested = (folder: string): boolean => folder.split(/[/\\]/).length > 2

/** Whether a text names a folder, not merely one whose name begins alike. */
function contains(text: string, folder: string): boolean {
  return text.split(folder).some((rest, i) => i > 0 && !/^[\w.-]/.test(rest))
}

/** Hosts and credentials of package registries. */
const REGISTRY =
  /https?:\/\/[^\s/'"]*(registry|npmmirror|verdaccio|artifactory|nexus|jfrog)[^\s'"]*|_auth[T]oken/gi

/** Package registries that a file names, which are each machine's own setting. Lockfiles must hold no URL at all. */
export function registryHosts(path: string, text: string): string[] {
  const pattern = /(^|\/)(pnpm-lock\.yaml|package-lock\.json)$/.test(path)
    ? /https?:\/\/\S+|tarball:/g
    : REGISTRY
  return (text.match(pattern) ?? []).map((match) => `${path}: ${match}`)
}

/** Versions of pnpm that a text tells people to run, other than the pinned one. */
export const pnpmVersions = (path: string, text: string, pinned: string): string[] =>
  [...text.matchAll(/\bpnpm@(\d[\w.-]*)/g)]
    .filter(([, version]) => version !== pinned)
    .map(([named]) => `${path}: ${named}`)

/** Relative links of a Markdown file without a target. `files` holds every file's text, by path. */
export function deadLinks(path: string, files: Map<string, string>): string[] {
  const text = outsideBlocks(files.get(path) ?? '').replace(/(`+)[^`]+\1/g, '')
  const links = [
    ...text.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
    ...text.matchAll(/(?:src|href)="([^"]+)"/g),
  ]
  return links
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/i.test(link) && !hasTarget(path, link, files))
    .map((link) => `${path}: ${link}`)
}

function hasTarget(from: string, link: string, files: Map<string, string>): boolean {
  const [file, anchor] = link.split('#')
  const target = file ? posix.join(posix.dirname(from), decodeURI(file)).replace(/\/$/, '') : from
  if (![...files.keys()].some((path) => path === target || path.startsWith(`${target}/`))) return false
  return (
    !anchor || !target.endsWith('.md') || anchors(files.get(target) ?? '').has(decodeURIComponent(anchor))
  )
}

/** The anchors that GitHub gives to headings (lower case, no punctuation, hyphens for spaces), and those set by hand. */
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

/**
 * Source files that a page names in backticks and that do not exist: `packages/layers/src/affine.ts`, or a folder such as
 * `apps/trainer/src/run/`. Names outside of `packages`, `apps`, `docs`, `checks`, `bench`, `scripts` and `examples` are not paths.
 */
export function missingFiles(path: string, files: Map<string, string>): string[] {
  const named = [
    ...outsideBlocks(files.get(path) ?? '').matchAll(
      /`((?:packages|apps|docs|checks|bench|scripts|examples)\/[^`\s]*)`/g,
    ),
  ]
  return named
    .map(([, name]) => name.replace(/\/$/, ''))
    .filter((name) => ![...files.keys()].some((file) => file === name || file.startsWith(`${name}/`)))
    .map((name) => `${path}: ${name}`)
}
