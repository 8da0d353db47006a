import { base } from '../../vitest.base.ts'

/** Relaxed SIMD, for `@gosa/linalg/fma`: Node 20 has it behind a flag, which later versions do not know. */
const execArgv = Number(process.versions.node.split('.')[0]) < 22 ? ['--experimental-wasm-relaxed-simd'] : []

export default base({ test: { globalSetup: ['assembly/global-setup.mjs'], execArgv } })
