import { library } from '../../tsup.base.ts'

/** Split into shared chunks, so that all entries share `DivergenceError`, in CommonJS as well. */
export default library({
  entry: ['src/index.ts', 'src/node.ts', 'src/browser.ts'],
  splitting: true,
  treeshake: { moduleSideEffects: false },
})
