import { command } from '../../tsup.base.ts'

export default command({ entry: ['src/main.ts', 'src/worker.ts', 'src/hooks.ts'] })
