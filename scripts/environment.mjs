import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const packageSources = /^npm_config_(cache|registry|cafile)$/i

/**
 * The environment for pnpm and turbo.
 *
 * - npm's own variables are taken out, which pnpm would read as its settings; where packages come from stays.
 * - Node's version is part of turbo's keys (`globalEnv`): its cache must not replay what another version printed.
 * - So are the data and the browser that tests find by themselves: they must not be replayed as absent.
 * - Colours only where a person looks.
 *
 * @param {NodeJS.ProcessEnv} [from]
 * @param {boolean} [terminal]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(from = process.env, terminal = Boolean(process.stdout.isTTY)) {
  const own = Object.entries(from).filter(([name]) => !/^npm_/i.test(name) || packageSources.test(name))
  return {
    ...found('GOSA_DATA_DIR', [fileURLToPath(new URL('../../shared/data/mnist', import.meta.url))]),
    ...found('CHROMIUM_PATH', ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']),
    ...Object.fromEntries(own),
    RUNTIME_NODE_VERSION: process.version,
    TURBO_TELEMETRY_DISABLED: '1',
    ...(terminal ? {} : { NO_COLOR: '1' }),
  }
}

/**
 * @param {string} name
 * @param {string[]} places
 */
function found(name, places) {
  const place = places.find((path) => existsSync(path))
  return place ? { [name]: place } : {}
}
