import { spawn } from 'node:child_process'
import { exitCode } from './pnpm.mjs'

/**
 * Runs a script by this Node in the folder where the user is, with the terminal, and ends this process with its exit code.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function run(script, args, env = process.env) {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: 'inherit',
    env,
    // npm runs scripts in the root; INIT_CWD is where it was called.
    cwd: process.env.INIT_CWD ?? process.cwd(),
  })
  // The command handles interruptions itself. On Windows the console signals it, and `kill` would terminate it at once.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (process.platform !== 'win32') child.kill(signal)
    })
  }
  process.exit(await exitCode(child))
}
