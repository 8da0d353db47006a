import { existsSync, readFileSync, statSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { usageError } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import type { Case } from '../cases/case.ts'
import { describeThrown } from '../errors/user-frame.ts'
import { texts } from '../texts.ts'
import { findCases } from './find-cases.ts'
import { isTypeScript } from './typescript-paths.ts'

/*
 * The user's modules: finding the file, loading it (TypeScript included), and the cases that it exports.
 */

/** Resolves an argument of the command line to the file of a module. Throws a usage error if there is none. */
export function resolveModule(argument: string, folder: string): string {
  const file = resolve(folder, argument)
  if (!existsSync(file)) throw usageError(texts().wrong.noModule(argument))
  if (statSync(file).isDirectory()) throw usageError(texts().wrong.isFolder(argument))
  return file
}

const casesByFile = new Map<string, Promise<Case[]>>()

/**
 * The cases that a module exports. It is loaded once per thread. Throws what the module throws; a syntax error with its
 * position. `ownFolder` is the folder of this command's compiled code.
 */
export function loadCases(file: string, seed: number, ownFolder: string): Promise<Case[]> {
  const cases =
    casesByFile.get(file) ??
    loadModule(file, ownFolder).then((exports) => findCases(exports, createRng(seed), basename(file)))
  casesByFile.set(file, cases)
  return cases
}

async function loadModule(file: string, ownFolder: string): Promise<object> {
  const url = pathToFileURL(file).href
  if (isTypeScript(url)) await registerTypeScriptLoader(ownFolder)
  try {
    return await import(url)
  } catch (thrown) {
    // Node does not say where a syntax error in an ES module is.
    const isUnplaced = thrown instanceof SyntaxError && describeThrown(thrown, ownFolder).place === undefined
    throw (isUnplaced && (await locateSyntaxError(file))) || thrown
  }
}

/** The synchronous hooks of newer versions of Node. */
type RegisterHooks = (hooks: object) => void

let isRegistered = false

/** Lets `import` load TypeScript from now on. Loads the compiler, which takes long: call it only if needed. */
async function registerTypeScriptLoader(ownFolder: string): Promise<void> {
  if (isRegistered) return
  isRegistered = true
  process.setSourceMapsEnabled(true)
  const hooks = new URL('typescript-hooks.js', pathToFileURL(`${ownFolder}/`))
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks }
  if (registerHooks) registerHooks(await import(hooks.href))
  else nodeModule.register(hooks)
}

/** The syntax error of a file with its position, found by the TypeScript compiler; undefined if it accepts the file. */
async function locateSyntaxError(file: string): Promise<SyntaxError | undefined> {
  const { compileTypeScript } = await import('./typescript-hooks.ts')
  try {
    compileTypeScript(readFileSync(file, 'utf8'), file)
    return undefined
  } catch (error) {
    return error as SyntaxError
  }
}
