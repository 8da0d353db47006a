import { base } from '../../vitest.base.ts'

export default base({ test: { globalSetup: './test/install.ts', testTimeout: 30_000 } })
