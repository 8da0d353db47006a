import * as nodeModule from 'node:module'

/** Hooks that run in this thread: newer than the oldest Node that is supported. */
type RegisterHooks = (hooks: object) => void

/**
 * Lets `import` load TypeScript from now on. `hooks` is where the compiled `hooks.ts` lies, which is loaded only where
 * this is called, since the compiler takes a while to start.
 */
export async function teachTypeScript(hooks: URL): Promise<void> {
  process.setSourceMapsEnabled(true)
  const { registerHooks } = nodeModule as { registerHooks?: RegisterHooks }
  if (registerHooks) registerHooks(await import(hooks.href))
  else nodeModule.register(hooks)
}
