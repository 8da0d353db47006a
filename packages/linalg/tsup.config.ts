import { library } from '../../tsup.base.ts'

/**
 * In common parts, so that CommonJS as well has one backend that all entries mean. Without imports that bring nothing but
 * effects, which there are none of: bundlers warn of them.
 */
export default library({
  entry: ['src/index.ts', 'src/fma.ts', 'src/node.ts', 'src/browser.ts'],
  splitting: true,
  treeshake: { moduleSideEffects: false },
})
