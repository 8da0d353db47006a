import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parseCsvStream, tableDataset } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import { MeanSquaredErrorLoss } from '@gosa/losses'
import { buildLayers, Network } from '@gosa/networks'
import { fit } from '@gosa/training'
import { writeLines } from './write-lines.mjs'

/*
 * From a CSV file of a million rows to a network after one epoch, ours beside pandas and scikit-learn: seconds and peak
 * memory of each process, from its start.
 *
 *     node bench/table-epoch.mjs        # --rows 1000000, --rounds 3
 */

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: '/usr/bin/python3' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    train: { type: 'string' },
  },
})

const [HIDDEN, BATCH_SIZE] = [50, 200]

const PYTHON = `
import json, resource, sys, time, warnings
start = time.time()
import numpy, pandas
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import StandardScaler
warnings.simplefilter('ignore')
table = pandas.read_csv(sys.argv[1])
x, y = table.drop(columns='y').to_numpy(), table['y'].to_numpy()
loaded = time.time() - start
x, x_test, y, y_test = train_test_split(x, y, test_size=0.2, random_state=0)
scaler = StandardScaler().fit(x)
mean, std = y.mean(), y.std()
model = MLPRegressor((${HIDDEN},), batch_size=${BATCH_SIZE}, max_iter=1, alpha=0, random_state=0)
model.fit(scaler.transform(x), (y - mean) / std)
r2 = model.score(scaler.transform(x_test), (y_test - mean) / std)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({'loaded': loaded, 'seconds': time.time() - start, 'kilobytes': peak, 'r2': r2}))
`

if (options.train) await train(options.train)
else await compare()

async function train(file) {
  const table = await parseCsvStream(createReadStream(file))
  const loaded = performance.now() / 1000
  const { train, test, names } = tableDataset(table, { target: 'y', task: 'regression' })
  const layers = [{ type: 'affine', units: HIDDEN }, { type: 'relu' }, { type: 'affine', units: 1 }]
  const network = new Network({
    ...buildLayers({ inputShape: [names.length], layers }),
    loss: new MeanSquaredErrorLoss(),
  })
  await fit(network, train, { epochs: 1, batchSize: BATCH_SIZE })
  const y = network.predict(test.x).data
  const mean = test.t.data.reduce((sum, value) => sum + value, 0) / y.length
  const squares = (of) => test.t.data.reduce((sum, value, n) => sum + (value - of(n)) ** 2, 0)
  const r2 = 1 - squares((n) => y[n]) / squares(() => mean)
  const kilobytes = process.resourceUsage().maxRSS
  console.log(JSON.stringify({ loaded, seconds: performance.now() / 1000, kilobytes, r2 }))
}

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'gosa-epoch-'))
  const file = join(folder, 'table.csv')
  try {
    await writeLines(file, lines(Number(options.rows)))
    const commands = {
      Gosa: [process.execPath, fileURLToPath(import.meta.url), '--train', file],
      ...(existsSync(options.python) && { 'pandas and scikit-learn': [options.python, '-c', PYTHON, file] }),
    }
    const results = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const [name, [command, ...args]] of Object.entries(commands)) {
        const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
        if (status === 0) results[name].push(JSON.parse(stdout))
      }
    }
    console.log('| | loaded after, s | trained after, s | peak memory, MB | R² of the test rows |')
    console.log('| --- | --- | --- | --- | --- |')
    for (const [name, runs] of Object.entries(results)) {
      const of = (key) => median(runs.map((run) => run[key]))
      const megabytes = Math.round((of('kilobytes') * 1024) / 1e6)
      console.log(
        `| ${name} | ${of('loaded').toFixed(1)} | ${of('seconds').toFixed(1)} | ${megabytes} | ${of('r2').toFixed(4)} |`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** 19 features and a target that depends on them, of six decimals. */
function* lines(rows) {
  const rng = createRng(0)
  yield [...Array.from({ length: 19 }, (_, i) => `x${i}`), 'y'].join()
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: 19 }, () => rng.normal())
    const y = Math.sin(x[0]) + x[1] * x[2] + 0.5 * x[3] + 0.1 * rng.normal()
    yield [...x, y].map((value) => value.toFixed(6)).join()
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
