import { existsSync, readFileSync } from 'node:fs'

/**
 * What vitest's JSON report says: `{ passed, failed, leftOut }`; undefined where there is none or it holds no test.
 *
 * Left out are the tests that were skipped, and the lines of the log that say "left out".
 */
export function read(path, log) {
  if (!existsSync(path)) return undefined
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'))
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const of = (...states) => tests.filter(({ status }) => states.includes(status))
  // A file that could not be loaded fails without a test of its own.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  if (tests.length + broken.length === 0) return undefined
  return {
    passed: of('passed').length,
    failed: of('failed').length + broken.length,
    leftOut: [...of('pending', 'skipped', 'todo').map((test) => `skipped: ${test.fullName}`), ...spoken(log)],
  }
}

function spoken(log) {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return [...new Set(lines.map((line) => line.trim()).filter((line) => /left out/i.test(line)))]
}
