import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseCsv, tableDataset } from '@gosa/datasets'
import { encodeNpz } from '@gosa/formats'
import { createRng } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import { buildLayers, Network } from '@gosa/networks'
import { evaluate, fit } from '@gosa/training'

/*
 * scikit-learn's iris, wine, breast cancer and diabetes: ours beside its MLPClassifier and MLPRegressor, on the same rows with
 * the same layers, optimizer, batches and epochs, for five seeds, which also split the rows.
 *
 *     node bench/sklearn-tables.mjs        # --draws 1; needs python3-sklearn and python3-pandas
 *
 * `--draws` is the number of random starts of each seed, of both: medians are those of all.
 */

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: '/usr/bin/python3' },
    draws: { type: 'string', default: '1' },
  },
})

const PYTHON = options.python
const DRAWS = Array.from({ length: Number(options.draws) }, (_, draw) => draw)
const [HIDDEN, BATCH_SIZE, EPOCHS, SEEDS] = [50, 32, 100, [0, 1, 2, 3, 4]]
const SETS = {
  iris: 'classification',
  wine: 'classification',
  breast_cancer: 'classification',
  diabetes: 'regression',
}

const EXPORT = `
import sys
from sklearn import datasets
for name in sys.argv[2:]:
    getattr(datasets, 'load_' + name)(as_frame=True).frame.to_csv(f'{sys.argv[1]}/{name}.csv', index=False)
`
const TRAIN = `
import json, sys, warnings
import numpy
from sklearn.neural_network import MLPClassifier, MLPRegressor
warnings.simplefilter('ignore')
file, task, seeds = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
data = numpy.load(file)
kind = MLPClassifier if task == 'classification' else MLPRegressor
scores = []
for seed in seeds:
    model = kind((${HIDDEN},), batch_size=${BATCH_SIZE}, max_iter=${EPOCHS}, alpha=0, tol=0, n_iter_no_change=${EPOCHS}, random_state=seed)
    model.fit(data['x'], data['t'].ravel())
    scores.append(model.score(data['x_test'], data['t_test'].ravel()))
print(json.dumps(scores))
`

const folder = mkdtempSync(join(tmpdir(), 'gosa-sklearn-'))
try {
  python(EXPORT, folder, ...Object.keys(SETS))
  console.log('| table | score | Gosa | scikit-learn | median less median |\n| --- | --- | --- | --- | --- |')
  for (const [name, task] of Object.entries(SETS)) {
    const table = parseCsv(readFileSync(join(folder, `${name}.csv`), 'utf8'))
    const [ours, theirs] = [[], []]
    for (const seed of SEEDS) {
      const dataset = tableDataset(table, { target: 'target', task, seed, dtype: 'float64' })
      const starts = DRAWS.map((draw) => seed + 100 * draw)
      for (const start of starts) ours.push(await score(dataset, task, start))
      const { train, test } = dataset
      const arrays = { x: train.x, t: arrayOf(train.t), x_test: test.x, t_test: arrayOf(test.t) }
      writeFileSync(join(folder, 'rows.npz'), encodeNpz(arrays))
      theirs.push(...JSON.parse(python(TRAIN, join(folder, 'rows.npz'), task, JSON.stringify(starts))))
    }
    const difference = median(ours) - median(theirs)
    const show = (values) => values.map((value) => value.toFixed(4)).join(', ')
    const what = task === 'classification' ? 'accuracy' : 'R²'
    console.log(`| ${name} | ${what} | ${show(ours)} | ${show(theirs)} | ${difference.toFixed(4)} |`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

async function score({ train, test, names, classes }, task, seed) {
  const isClass = task === 'classification'
  const units = isClass ? classes.length : 1
  // The deviation of Glorot and Bengio, as scikit-learn: for few inputs it is smaller than that of He.
  const affine = (inputs, units) => ({ type: 'affine', units, init: Math.sqrt(2 / (inputs + units)) })
  const layers = [affine(names.length, HIDDEN), { type: 'relu' }, affine(HIDDEN, units)]
  const network = new Network({
    ...buildLayers({ inputShape: [names.length], layers, rng: createRng(seed), dtype: 'float64' }),
    loss: isClass ? new SoftmaxWithLoss() : new MeanSquaredErrorLoss(),
  })
  await fit(network, train, { epochs: EPOCHS, batchSize: BATCH_SIZE, seed })
  const metric = isClass ? 'accuracy' : 'r2'
  return evaluate(network, test, { metrics: [metric] })[metric]
}

function arrayOf(t) {
  return 'shape' in t ? t : { shape: [t.length], data: t }
}

function python(program, ...args) {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', program, ...args], { encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${PYTHON} failed: ${stderr}`)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
