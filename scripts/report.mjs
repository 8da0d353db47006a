import { existsSync, readFileSync } from 'node:fs'

/**
 * The result of a package's tests. `leftOut` lists skipped tests and the lines of the log that say what was left out.
 *
 * @typedef {{ passed: number, failed: number, leftOut: string[] }} Report
 * @typedef {{ status: string, fullName: string }} Test
 * @typedef {{ status: string, assertionResults: Test[] }} TestFile
 */

/**
 * Reads vitest's JSON report and the task's log; undefined if there is no report or it contains no test.
 *
 * @param {string} path
 * @param {string} log
 * @returns {Report | undefined}
 */
export function readReport(path, log) {
  if (!existsSync(path)) return undefined
  /** @type {TestFile[]} */
  const files = JSON.parse(readFileSync(path, 'utf8')).testResults
  const tests = files.flatMap(({ assertionResults }) => assertionResults)
  // A file that could not be loaded fails without containing a test.
  const broken = files.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
  )
  if (tests.length + broken.length === 0) return undefined
  const passed = tests.filter(({ status }) => status === 'passed').length
  const failed = tests.filter(({ status }) => status === 'failed').length + broken.length
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed')
  return {
    passed,
    failed,
    leftOut: [...skipped.map(({ fullName }) => `skipped: ${fullName}`), ...leftOutLines(log)],
  }
}

/** @param {string} log */
function leftOutLines(log) {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return [...new Set(lines.map((line) => line.trim()).filter((line) => /left out/i.test(line)))]
}
