import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { root } from './pnpm.mjs'

/** The packages of pnpm-workspace.yaml: `{ folder, manifest }`, folders relative to the root (`packages/linalg`). */
export function workspaces(top = root) {
  const [, list] = readFileSync(`${top}pnpm-workspace.yaml`, 'utf8').match(/^packages:\n((?: +- .*\n)+)/m)
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

function folders(top, parent) {
  return existsSync(`${top}${parent}`)
    ? readdirSync(`${top}${parent}`).map((name) => `${parent}/${name}`)
    : []
}
