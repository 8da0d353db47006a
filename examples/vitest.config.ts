import { base } from '../vitest.base.ts'

export default base({ test: { include: ['*.test.ts', 'plots/*.test.ts'], coverage: { enabled: false } } })
