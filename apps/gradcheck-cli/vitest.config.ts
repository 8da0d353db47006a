import { base } from '../../vitest.base.ts'

export default base({ test: { globalSetup: './test/install.ts', testTimeout: 60_000, hookTimeout: 60_000 } })
