import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { usageError } from '@gosa/cli-kit'
import { problemOf } from '../errors/problem.ts'
import { isTypeScript } from './mend-specifier.ts'
import { syntaxErrorIn } from './syntax-error-in.ts'
import { teachTypeScript } from './teach-typescript.ts'

/** The file that a word on the command line means. Throws a usage error where there is none. */
export function moduleFile(word: string, folder: string): string {
  const file = resolve(folder, word)
  if (!existsSync(file)) throw usageError(`there is no module ${word}`)
  if (statSync(file).isDirectory()) throw usageError(`${word} is a folder; name the module in it`)
  return file
}

/**
 * Loads a JavaScript module of either kind, or a TypeScript one, and answers what it exports. Throws what it throws; a
 * syntax error with its place. `ownFolder` is where this command's code lies, with its `hooks.js`.
 */
export async function loadModule(file: string, ownFolder: string): Promise<object> {
  const url = pathToFileURL(file).href
  if (isTypeScript(url)) await teachTypeScript(ownFolder)
  try {
    return await import(url)
  } catch (thrown) {
    // Node keeps to itself where a syntax error in an ES module is.
    const hidden = thrown instanceof SyntaxError && problemOf(thrown, ownFolder).place === undefined
    throw (hidden && (await syntaxErrorIn(file))) || thrown
  }
}
