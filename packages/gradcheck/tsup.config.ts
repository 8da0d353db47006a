import { library } from '../../tsup.base.ts'

const entries = ['index', 'assert', 'faults', 'jest', 'numerical', 'report', 'vitest']

/** Without imports that bring nothing but effects, which there are none of: bundlers warn of them. */
export default library({
  entry: entries.map((name) => `src/${name}.ts`),
  treeshake: { moduleSideEffects: false },
})
