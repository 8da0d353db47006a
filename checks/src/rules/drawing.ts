/**
 * Which package may import which: the whole drawing. A package that is not drawn here does not pass.
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
  networks: ['layers', 'losses', 'gradcheck', 'linalg'],
}

/** What a package carries in its tarball, bundled from a dev dependency, with its licence beside it. */
export const carried: Readonly<Record<string, readonly string[]>> = {
  graph: ['@dagrejs/dagre'],
}
