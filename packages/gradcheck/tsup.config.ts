import { library } from '../../tsup.base.ts'

const entries = ['index', 'assert', 'faults', 'jest', 'numerical', 'report', 'vitest']

export default library({ entry: entries.map((name) => `src/${name}.ts`) })
