import * as nodeModule from 'node:module'
import { pathToFileURL } from 'node:url'

/** Hooks that run in this thread: newer than the oldest Node that is supported. */
type RegisterHooks = (hooks: object) => void

let taught = false

/**
 * Lets `import` load TypeScript from now on. `folder` holds the compiled `hooks.ts`, which is loaded only where this is
 * called, since the compiler takes a while to start.
 */
export async function teachTypeScript(folder: string): Promise<void> {
  if (taught) return
  taught = true
  process.setSourceMapsEnabled(true)
  const hooks = new URL('hooks.js', pathToFileURL(`${folder}/`))
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks }
  if (registerHooks) registerHooks(await import(hooks.href))
  else nodeModule.register(hooks)
}
