import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root } from './pnpm.mjs'

/**
 * The packages of pnpm-workspace.yaml, folders relative to the root (`packages/linalg`).
 *
 * @typedef {{ name: string, version?: string, private?: boolean, scripts?: Record<string, string>, dependencies?: Record<string, string> }} Manifest
 * @param {string} [top]
 * @returns {{ folder: string, manifest: Manifest }[]}
 */
export function workspaces(top = root) {
  const settings = readFileSync(`${top}pnpm-workspace.yaml`, 'utf8')
  const list = settings.match(/^packages:\n((?: +- .*\n)+)/m)?.[1] ?? ''
  return list
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ *- /, ''))
    .flatMap((pattern) => (pattern.endsWith('/*') ? folders(top, pattern.slice(0, -2)) : [pattern]))
    .filter((folder) => existsSync(`${top}${folder}/package.json`))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(`${top}${folder}/package.json`, 'utf8')),
    }))
}

/**
 * @param {string} top
 * @param {string} parent
 */
function folders(top, parent) {
  if (!existsSync(`${top}${parent}`)) return []
  return readdirSync(`${top}${parent}`).map((name) => `${parent}/${name}`)
}
