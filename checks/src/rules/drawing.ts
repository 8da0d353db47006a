/**
 * Which package may import which: the whole drawing. A package that is not drawn here does not pass. Libraries from outside
 * stand here as well: only packages that call installed native libraries have one.
 *
 * `gradcheck` and `graph` know no layer: the judge must not depend on the judged.
 */
export const drawing: Readonly<Record<string, readonly string[]>> = {
  linalg: [],
  layers: ['linalg'],
  losses: ['linalg'],
  optim: ['linalg'],
  gradcheck: ['linalg'],
  datasets: ['linalg'],
  graph: ['linalg'],
  formats: ['linalg'],
  networks: ['layers', 'losses', 'formats', 'gradcheck', 'linalg'],
  training: ['linalg', 'optim', 'losses'],
  blas: ['linalg', 'koffi'],
  mpi: ['linalg', 'koffi'],
  'cli-kit': ['charts', 'datasets', 'linalg'],
  charts: [],
}

/** Packages for Node alone, which may load its modules anywhere: what commands bundle, and what calls installed libraries. */
export const nodeOnly: readonly string[] = ['cli-kit', 'blas', 'mpi']

/**
 * What a package bundles into its tarball from a dev dependency. Code from outside has its licence beside it; `charts` is
 * private and our own. The worker of `training` is a program by itself, with networks in it.
 */
export const bundledDependencies: Readonly<Record<string, readonly string[]>> = {
  graph: ['@dagrejs/dagre', '@gosa/charts'],
  gradcheck: ['@gosa/charts'],
  training: ['@gosa/networks'],
  trainer: ['d3-array', 'valibot'],
  playground: ['d3-array'],
}
