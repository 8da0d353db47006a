/** The tasks: each has a kind that contenders know, its sizes, and a name for the tables. */
export const tasks = [
  step(50, 100),
  step(50, 1),
  step(50, 1000),
  step(512, 100),
  predict(10_000),
  predict(1),
  ...[64, 128, 256, 512, 1024].flatMap((size) => [matmul(size, 'float32'), matmul(size, 'float64')]),
  {
    kind: 'numericalGradient',
    name: 'numerical gradient of all 39,760 parameters, 3 images, float64',
    iterations: 1,
  },
]

function step(hidden, batch) {
  return {
    kind: 'step',
    hidden,
    batch,
    name: `training step 784-${hidden}-10, batch ${batch}, drawing included`,
  }
}

function predict(rows) {
  return { kind: 'predict', rows, name: `inference 784-50-10, ${rows === 1 ? 'one row' : `${rows} rows`}` }
}

function matmul(size, dtype) {
  return { kind: 'matmul', size, dtype, name: `matmul ${size} × ${size}, ${dtype}` }
}

/** The number of floating-point operations of a task, if speed is usually given in them. */
export const operations = (task) => (task.kind === 'matmul' ? 2 * task.size ** 3 : undefined)
