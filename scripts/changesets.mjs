import { spawnSync } from 'node:child_process'
import { pnpm, root } from './pnpm.mjs'

/** Checks that every changed package has a changeset. Returns 'passed', 'failed', or the reason why it cannot be checked. */
export async function changesets() {
  // In the checkout of a pull request, main exists only as the remote's branch.
  const base = ['main', 'origin/main'].find(branchExists)
  if (!base) return 'left out: no branch main to compare with'
  const since = base === 'main' ? [] : [`--since=${base}`]
  const code = await pnpm(['exec', 'changeset', 'status', ...since], { stdout: 'ignore' })
  return code === 0 ? 'passed' : 'failed'
}

/** @param {string} branch */
function branchExists(branch) {
  return spawnSync('git', ['rev-parse', '--verify', '--quiet', branch], { cwd: root }).status === 0
}
