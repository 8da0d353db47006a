import { base } from '../../vitest.base.ts'

// Tests that start the command share the machine with those of other packages.
export default base({ test: { testTimeout: 60_000 } })
