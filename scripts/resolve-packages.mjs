import { existsSync } from 'node:fs'
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { runFolder } from './run-build.mjs'

// `node --import scripts/resolve-packages.mjs`: imports of @gosa/… are the packages of `run-build.mjs`, from any folder.

/** @type {import('node:module').ResolveHook} */
export function resolve(specifier, context, next) {
  const [, name] = /^@gosa\/(.+)$/.exec(specifier) ?? []
  const file = `${runFolder}${name?.replaceAll('/', '-')}.js`
  if (name === undefined || !existsSync(file)) return next(specifier, context)
  return { url: pathToFileURL(file).href, shortCircuit: true }
}

// The hooks themselves are loaded from the same file, in a thread of their own.
if (!import.meta.url.endsWith('?hooks')) register(`${import.meta.url}?hooks`)
