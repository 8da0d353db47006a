import { library } from '../../tsup.base.ts'

/**
 * Split into shared chunks, so that all entries share one backend and one workspace, in CommonJS as well. Without imports
 * for side effects alone: there are none, and bundlers warn of them.
 */
export default library({
  entry: ['index', 'kernels', 'images', 'fma', 'options', 'node', 'browser'].map((name) => `src/${name}.ts`),
  splitting: true,
  treeshake: { moduleSideEffects: false },
})
