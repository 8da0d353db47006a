import { readReport } from './report.mjs'

/** Scripts that run tests → the report that vitest writes. */
export const reports = {
  test: '.vitest/results.json',
  examples: '.vitest/examples.json',
  pack: '.vitest/pack.json',
}

/**
 * Adds up the reports of all packages; `lines` are for people.
 *
 * `failed` counts every failed test, every missing report, and every task of turbo's `summary` that failed although its
 * tests passed (a build, a lint, a coverage threshold).
 *
 * @param {ReturnType<import('./workspaces.mjs').workspaces>} packages
 * @param {string} top
 * @param {{ tasks: { taskId: string, execution?: { exitCode?: number } }[] }} [summary]
 */
export function tally(packages, top, summary) {
  const total = { passed: 0, failed: 0, lines: /** @type {string[]} */ ([]) }
  const explained = new Set()
  for (const { folder, manifest } of packages) {
    for (const [task, file] of Object.entries(reports)) {
      if (!manifest.scripts?.[task]) continue
      const id = `${manifest.name}#${task}`
      const report = readReport(`${top}${folder}/${file}`, `${top}${folder}/.turbo/turbo-${task}.log`)
      total.passed += report?.passed ?? 0
      total.failed += report?.failed ?? 1
      if (report?.failed !== 0) explained.add(id)
      total.lines.push(...show(id, report))
    }
  }
  for (const { taskId, execution } of summary?.tasks ?? []) {
    if (!execution?.exitCode || explained.has(taskId)) continue
    total.failed += 1
    total.lines.push(`${taskId}: failed`)
  }
  return total
}

/**
 * @param {string} id
 * @param {import('./report.mjs').Report} [report]
 */
function show(id, report) {
  if (!report) return [`${id}: no report`]
  const failed = report.failed > 0 ? `, ${report.failed} failed` : ''
  return [`${id}: ${report.passed} passed${failed}`, ...report.leftOut.map((line) => `  ${line}`)]
}
