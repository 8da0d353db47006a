import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const PACKAGE_SOURCE_VARIABLES = /^npm_config_(cache|registry|cafile)$/i

/**
 * The environment for pnpm and turbo.
 *
 * - npm's own variables are removed, because pnpm would read them as its settings; the package source stays.
 * - Node's version is part of turbo's keys (`globalEnv`), so that its cache does not replay another version's output.
 * - So are the data and the browser that tests find by themselves, so that they are not replayed as absent.
 * - Colours only for a terminal.
 *
 * @param {NodeJS.ProcessEnv} [from]
 * @param {boolean} [terminal]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(from = process.env, terminal = Boolean(process.stdout.isTTY)) {
  const kept = Object.entries(from).filter(
    ([name]) => !/^npm_/i.test(name) || PACKAGE_SOURCE_VARIABLES.test(name),
  )
  return {
    ...firstExisting('GOSA_DATA_DIR', [fileURLToPath(new URL('../../shared/data/mnist', import.meta.url))]),
    ...firstExisting('CHROMIUM_PATH', [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
    ]),
    ...Object.fromEntries(kept),
    RUNTIME_NODE_VERSION: process.version,
    TURBO_TELEMETRY_DISABLED: '1',
    ...(terminal ? {} : { NO_COLOR: '1' }),
  }
}

/**
 * @param {string} name
 * @param {string[]} paths
 */
function firstExisting(name, paths) {
  const path = paths.find((path) => existsSync(path))
  return path ? { [name]: path } : {}
}
