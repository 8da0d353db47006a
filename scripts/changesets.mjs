import { spawnSync } from 'node:child_process'
import { pnpm, root } from './pnpm.mjs'

/** Whether every changed package has a changeset: 'passed', 'failed', or why that cannot be asked here. */
export async function changesets() {
  // A pull request's checkout knows main only as its remote's branch.
  const base = ['main', 'origin/main'].find(known)
  if (!base) return 'left out: no branch main to compare with'
  const since = base === 'main' ? [] : [`--since=${base}`]
  const code = await pnpm(['exec', 'changeset', 'status', ...since], { stdout: 'ignore' })
  return code === 0 ? 'passed' : 'failed'
}

/** @param {string} branch */
function known(branch) {
  return spawnSync('git', ['rev-parse', '--verify', '--quiet', branch], { cwd: root }).status === 0
}
