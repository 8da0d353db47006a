import { library } from '../../tsup.base.ts'

const entries = ['index', 'assert', 'faults', 'matchers', 'numerical', 'report']

export default library({
  entry: entries.map((name) => `src/${name}.ts`),
  // Private, so its code is part of this package.
  noExternal: ['@gosa/charts'],
  // Drops imports for side effects, of which there are none: bundlers of users would warn of them.
  treeshake: { moduleSideEffects: false },
})
