import { command } from '../../tsup.base.ts'

export default command({
  entry: {
    main: 'src/main.ts',
    worker: 'src/worker.ts',
    'typescript-hooks': 'src/modules/typescript-hooks.ts',
  },
})
