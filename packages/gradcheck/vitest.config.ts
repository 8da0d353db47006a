import { base } from '../../vitest.base.ts'

/** Thousands of gradients are checked; none of them may depend on how fast the machine is. */
export default base({ test: { testTimeout: 120_000 } })
