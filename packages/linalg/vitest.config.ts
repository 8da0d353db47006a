import { base } from '../../vitest.base.ts'

export default base({ test: { globalSetup: ['assembly/global-setup.mjs'] } })
