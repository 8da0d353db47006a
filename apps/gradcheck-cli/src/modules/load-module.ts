import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { usageError } from '@gosa/cli-kit'
import { type Problem, problemOf } from '../errors/problem.ts'
import { isTypeScript } from './mend-specifier.ts'
import { syntaxErrorIn } from './syntax-error-in.ts'
import { teachTypeScript } from './teach-typescript.ts'

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/** The file that a word on the command line means. Throws a usage error where there is none. */
export function moduleFile(word: string, folder: string): string {
  const file = resolve(folder, word)
  if (!existsSync(file)) throw usageError(`there is no module ${word}`)
  if (statSync(file).isDirectory()) throw usageError(`${word} is a folder; name the module in it`)
  return file
}

/**
 * Loads a JavaScript module of either kind, or a TypeScript one, and answers what it exports, or what it threw.
 * `ownFolder` is where this command's code lies, with its `hooks.js`.
 */
export async function loadModule(file: string, ownFolder: string): Promise<Exports | { problem: Problem }> {
  const url = pathToFileURL(file).href
  try {
    if (isTypeScript(url)) await teachTypeScript(ownFolder)
    return await import(url)
  } catch (thrown) {
    const problem = problemOf(thrown, ownFolder)
    // Node keeps to itself where a syntax error in an ES module is.
    if (!(thrown instanceof SyntaxError) || problem.place) return { problem }
    const error = await syntaxErrorIn(file)
    return { problem: error ? problemOf(error, ownFolder) : problem }
  }
}
