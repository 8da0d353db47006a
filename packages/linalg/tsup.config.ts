import { library } from '../../tsup.base.ts'

/**
 * Split into shared chunks, so that all entries share one backend and one workspace, in CommonJS as well. Without imports
 * for side effects alone: there are none, and bundlers warn of them.
 */
export default library({
  entry: ['src/index.ts', 'src/kernels.ts', 'src/fma.ts', 'src/options.ts', 'src/node.ts', 'src/browser.ts'],
  splitting: true,
  treeshake: { moduleSideEffects: false },
})
