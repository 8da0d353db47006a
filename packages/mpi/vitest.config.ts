import { base } from '../../vitest.base.ts'

// The code that calls MPI runs in processes of its own, under mpiexec, where coverage is not counted.
export default base({
  test: {
    coverage: { exclude: ['src/**/*.test.ts', 'src/**/*.testing.ts', 'src/connect.ts', 'src/foreign.ts'] },
  },
})
