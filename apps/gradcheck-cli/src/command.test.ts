import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { version } from '../package.json'
import { copyFixtures, gosaGradcheck, install, type RunOptions, withoutTimeHints } from '../test/run.ts'
import { writeImages } from '../test/write-images.ts'

/** A path relative to the repository. */
const fromRepository = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

type OnOutput = NonNullable<RunOptions['onOutput']>

/** Calls `react` once, when the output satisfies the condition. */
function once(isAwaited: (text: string) => boolean, react: OnOutput): OnOutput {
  let done = false
  return (text, child) => {
    if (done || !isAwaited(text)) return
    done = true
    react(text, child)
  }
}

const interrupt: OnOutput = (_, child) => child.kill('SIGINT')

beforeAll(() => copyFixtures(install))

describe('gosa-gradcheck with modules', () => {
  it('checks TypeScript directly: types, enums, and imports without an extension', async () => {
    const { code, stdout, stderr } = await gosaGradcheck(['good-layer.ts'])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^good-layer\.ts: Square {2}pass\n/)
    expect(stdout).toContain('pass: 2 of 2 cases pass, 7 gradients compared')
    expect(code).toBe(0)
  })

  it('checks CommonJS, which loads another build of the packages', async () => {
    const { code, stdout } = await gosaGradcheck(['common.cjs'])
    expect(stdout).toContain('common.cjs: affine  pass')
    expect(stdout).toContain('common.cjs: double  pass')
    expect(code).toBe(0)
  })

  it('checks a module that exports forward and backward as a layer', async () => {
    const { code, stdout } = await gosaGradcheck(['pair.mjs'])
    expect(stdout).toMatch(/^x {2}\(3, 4\) .*pass$/m)
    expect(code).toBe(0)
  })

  it('checks functions beside their gradients, also asynchronous ones', async () => {
    const { code, stdout } = await gosaGradcheck(['functions.ts'])
    expect(stdout).toMatch(/^functions\.ts: plane {2}pass$/m)
    expect(stdout).toContain('note: not differentiated by x: declared as not differentiable')
    expect(stdout).toMatch(/^functions\.ts: later {2}pass$/m)
    expect(stdout).toMatch(/^functions\.ts: rotation {2}fail$/m)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      'the entry of the Jacobian that is off by the most: ∂rotation (1)/∂x (1)',
    )
    expect(stdout).toMatch(/^Hessian of x .*pass$/m)
    expect(code).toBe(1)
  })

  it('adds annotations with --format github', async () => {
    const { stdout } = await gosaGradcheck(['functions.ts', '--only', 'rotation', '--format', 'github'])
    expect(stdout).toMatch(
      /^::error file=functions\.ts,line=15,title=gosa-gradcheck%3A rotation::x: \d of 2 entr.*$/m,
    )
  })

  it('compares what --budget allows, and says what that means', async () => {
    const { stdout } = await gosaGradcheck(['pair.mjs', '--budget', '60', '--json'])
    expect(JSON.parse(stdout).cases[0].notes).toEqual(['a budget of 60 s bought every entry'])
    const book = await gosaGradcheck(['--budget', '0.001', '--json'])
    const { entries, cases } = JSON.parse(book.stdout)
    expect(entries[0].mode).toBe('projected')
    expect(cases[0].notes.join()).toContain('a budget of 0.001 s bought 3 random directions')
  })

  it('fails a planted sign error, and names the weight and the index', async () => {
    const { code, stdout } = await gosaGradcheck(['wrong-sign.mjs', 'pair.mjs'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^wrong-sign\.mjs: WrongAffine {2}fail$/m)
    expect(stdout).toMatch(/^W {2}\(3, 4\).* \(1, 3\) +(\S+) +-\1 +0 +fail$/m)
    expect(stdout).toMatch(/^W: 1 of 12 entries is wrong/m)
    expect(stdout).toMatch(/^x {2}.*pass$/m)
    expect(stdout).toContain('fail: 1 of 2 cases pass')
  })

  it('writes the results as JSON, one document and nothing else on stdout', async () => {
    const { code, stdout } = await gosaGradcheck(['--json', 'wrong-sign.mjs', 'prints.mjs'])
    const { ok, verdict, entries, cases } = JSON.parse(stdout)
    expect([code, ok, verdict]).toEqual([1, false, 'fail'])
    const W = entries.find(({ name }: { name: string }) => name === 'W')
    expect(W).toMatchObject({ case: 'WrongAffine', module: 'wrong-sign.mjs', verdict: 'fail', wrong: 1 })
    expect(W.worst.index).toEqual([1, 3])
    expect(W.worst.analytic).toBeCloseTo(-W.worst.numerical, 9)
    expect(cases.map(({ ok }: { ok: boolean }) => ok)).toEqual([false, true])
  })

  it('writes the results as JUnit XML and as a page with heat maps', async () => {
    const { code } = await gosaGradcheck([
      'wrong-sign.mjs',
      'throws-in-backward.mjs',
      '--junit',
      'r.xml',
      '--html',
      'r.html',
    ])
    const [xml, page] = ['r.xml', 'r.html'].map((name) => readFileSync(join(install, name), 'utf8'))
    expect(xml).toContain('<testcase classname="wrong-sign.mjs: WrongAffine" name="b"/>')
    expect(xml).toMatch(
      /classname="throws-in-backward\.mjs: broken" name="threw">\s*<failure message="throws-in-backward\.mjs:6:22: /,
    )
    expect(page).toMatch(/<b>W<\/b> \(3, 4\)<\/summary>.*<canvas/s)
    expect(code).toBe(1)
  })

  it('says why a file cannot be written, after the results', async () => {
    const { code, stdout, stderr } = await gosaGradcheck(['pair.mjs', '--junit', 'none/r.xml'])
    expect(stdout).toContain('pass: 12 gradients compared')
    expect(stderr).toMatch(/^gosa-gradcheck: cannot write none\/r\.xml: its folder does not exist/)
    expect(code).toBe(1)
  })

  it('redirects what a module prints to stderr', async () => {
    const { stdout, stderr } = await gosaGradcheck(['prints.mjs'])
    expect(stderr).toBe('printed by the module\n')
    expect(stdout).not.toContain('printed by the module')
  })

  it('shows what a layer throws with its line, and fails', async () => {
    const { code, stdout } = await gosaGradcheck(['throws-in-backward.mjs'])
    expect(stdout).toContain('throws-in-backward.mjs:6:22: TypeError: Cannot read properties of undefined')
    expect(stdout).toContain('     6 |     return dout.mask.clone()\n       |                      ^\n')
    expect(code).toBe(1)
  })

  it('fails NaN, and says where it is', async () => {
    const { code, stdout } = await gosaGradcheck(['nan.mjs'])
    expect(stdout).toContain('not-finite: output (0, 1) is NaN')
    expect(code).toBe(1)
  })
})

describe('gosa-gradcheck with wrong usage', () => {
  it('prints the error in one line, and exits with 2', async () => {
    const { code, stdout, stderr } = await gosaGradcheck(['none.js'])
    expect(stderr).toBe('gosa-gradcheck: there is no module none.js; see gosa-gradcheck --help\n')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })

  it('shows the line of the TypeScript source when a module throws while it is loaded', async () => {
    const { code, stderr } = await gosaGradcheck(['throws-on-load.ts'])
    expect(stderr).toMatch(
      /^gosa-gradcheck: throws-on-load\.ts:3:81: TypeError: .*\n {5}3 \| export const cases.*\n/,
    )
    expect(stderr).not.toContain('    at ')
    expect(code).toBe(2)
  })

  it.each(['mjs', 'cjs', 'ts'])('shows the line of a syntax error in .%s', async (extension) => {
    const name = `bad-syntax.${extension}`
    writeFileSync(join(install, name), 'const a = 1\nconst b = = 2\n')
    const { code, stderr } = await gosaGradcheck([name])
    expect(stderr).toMatch(/^gosa-gradcheck: bad-syntax\.\w+:2(:\d+)?: SyntaxError: /)
    expect(stderr).toContain('     2 | const b = = 2\n')
    expect(code).toBe(2)
  })

  it('adds the stack trace with --debug', async () => {
    const { stderr } = await gosaGradcheck(['--debug', 'throws-on-load.ts'])
    expect(stderr).toMatch(/\n {4}at .*throws-on-load\.ts/)
  })
})

describe("gosa-gradcheck without modules, the book's check", () => {
  it('needs no files, passes, and has a row for each weight', async () => {
    const { code, stdout, stderr } = await gosaGradcheck([])
    expect(withoutTimeHints(stderr)).toBe('')
    expect(stdout).toContain('the first 3 generated digits')
    for (const name of ['W1', 'b1', 'W2', 'b2']) {
      const row = new RegExp(`^${name} {2}(\\S+) +(\\S+) +\\(.*\\) +\\S+ +\\S+ +\\d+ +pass$`, 'm').exec(
        stdout,
      )
      expect(Number(row?.[1])).toBeLessThan(1e-10)
    }
    expect(stdout).toContain('pass: 39,760 gradients compared')
    expect(code).toBe(0)
  })

  it('gives bit-identical results for any number of threads', async () => {
    const folder = join(install, 'images')
    writeImages(folder, 12)
    const run = (threads: number) => gosaGradcheck(['--json', '--data', folder, '--threads', String(threads)])
    const [one, three] = (await Promise.all([run(1), run(3)])).map(({ stdout }) => JSON.parse(stdout))
    expect(one.entries).toEqual(three.entries)
    expect(one.cases[0].name).toBe('TwoLayerNet 144-50-3')
    expect(one.ok).toBe(true)
  })

  it('checks fewer entries with --mode sampled', async () => {
    const { stdout } = await gosaGradcheck(['--json', '--mode', 'sampled', '--seed', '5'])
    const { ok, entries, cases } = JSON.parse(stdout)
    expect(ok).toBe(true)
    expect(entries[0].compared).toBeLessThan(1000)
    expect(cases[0]).toMatchObject({ mode: 'sampled', method: 'central', seed: 5 })
  })

  const mnist = [process.env.GOSA_DATA_DIR, fromRepository('../shared/data/mnist')].find(
    (folder) => folder && existsSync(folder),
  )
  if (!mnist) console.log("skipped: the book's mean differences on MNIST; set GOSA_DATA_DIR to run it")
  it.runIf(mnist)("stays below the notebook's mean differences on MNIST", async () => {
    const { code, stdout } = await gosaGradcheck(['--json', '--data', 'mnist', '--data-dir', String(mnist)])
    const notebook = { W1: 4.54e-10, b1: 2.92e-9, W2: 5.5e-9, b2: 1.39e-7 }
    for (const { name, meanAbsoluteDifference } of JSON.parse(stdout).entries) {
      expect(meanAbsoluteDifference).toBeLessThanOrEqual(notebook[name as keyof typeof notebook])
    }
    expect(code).toBe(0)
  })
})

describe('gosa-gradcheck --suite', () => {
  it('passes, with a line for each case', async () => {
    const { code, stdout } = await gosaGradcheck(['--suite'])
    expect(stdout).toMatch(/^Affine, square +pass {2}max rel /m)
    expect(stdout).toMatch(/^pass: (\d+) of \1 cases pass/m)
    expect(code).toBe(0)
  })
})

describe('gosa-gradcheck --faults', () => {
  it('catches every fault and passes correct code, and shows that the rules of others do not', async () => {
    const args = ['--faults', '--only', 'MulLayer, tensors: ', '--trials', '22', '--json']
    const { code, stdout } = await gosaGradcheck(args)
    const { planted, caught, missed, trials, falseAlarms, baselines } = JSON.parse(stdout)
    expect({ missed, trials, falseAlarms }).toEqual({ missed: [], trials: 22, falseAlarms: 0 })
    expect(planted).toBe(caught)
    expect(planted).toBeGreaterThan(30)
    expect(baselines.book.missed).toBeGreaterThan(0)
    expect(baselines.pytorch.missed).toBeGreaterThan(0)
    expect(code).toBe(0)
  })
})

describe('gosa-gradcheck as a command', () => {
  it('prints its help in 80 columns, and its version', async () => {
    const help = await gosaGradcheck(['--help'])
    expect(help.stdout).toContain('Usage: gosa-gradcheck [options] [module...]')
    expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect((await gosaGradcheck(['--version'])).stdout).toBe(`${version}\n`)
    expect(help.code).toBe(0)
  })

  it('prints only the result with --quiet', async () => {
    const { stdout } = await gosaGradcheck(['--quiet', 'pair.mjs'])
    expect(stdout).toMatch(/^pass: 12 gradients compared, \d+\.\d\d s\n$/)
  })

  it('exits with 0 every time, although workers end while V8 may compile their code', async () => {
    for (let time = 0; time < 8; time++) {
      expect(await gosaGradcheck(['--quiet', 'pair.mjs'])).toMatchObject({ code: 0, stderr: '' })
    }
  }, 60_000)

  it('fits the results into 40 columns', async () => {
    const { stdout } = await gosaGradcheck(['wrong-sign.mjs'], { env: { COLUMNS: '40' } })
    expect(stdout).toMatch(/^W: fail\n {2}shape {5}\(3, 4\)$/m)
    const table = stdout.split('\n').filter((line) => line.startsWith('  '))
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(40)
  })

  it('exits with 3 if there is no verdict', async () => {
    writeFileSync(
      join(install, 'noisy.mjs'),
      `export const noisy = { x: 1, options: { properties: false }, forward: (x) => x + 1e-3 * Math.sin(1e15 * x), backward: (dout) => dout }`,
    )
    const { code, stdout } = await gosaGradcheck(['noisy.mjs'])
    expect(stdout).toMatch(/^x: 1 of 1 entry cannot be judged/m)
    expect(stdout).toMatch(/^inconclusive: /m)
    expect(code).toBe(3)
  })

  it('exits with 130 at once after Ctrl-C, even in code that never returns', async () => {
    writeFileSync(join(install, 'endless-loud.mjs'), `console.log('loaded')\nexport * from './endless.mjs'`)
    const { code, stdout, stderr } = await gosaGradcheck(['endless-loud.mjs'], {
      onOutput: once((text) => text.includes('loaded'), interrupt),
    })
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^interrupted after [\d.]+ s: no case was checked to the end$/m)
    expect(code).toBe(130)
  })

  it('checks again with --watch when a file that the module imports changes', async () => {
    const helper = join(install, 'scale.mjs')
    writeFileSync(helper, 'export const scale = 3')
    writeFileSync(
      join(install, 'scaled.mjs'),
      `import { scale } from './scale.mjs'\nexport const scaled = { x: 1, forward: (x) => 2 * x, backward: (dout) => scale * dout }`,
    )
    const fix = once(
      (text) => text.includes('watching 2 files'),
      () => writeFileSync(helper, 'export const scale = 2'),
    )
    const end = once((text) => text.includes('scaled  pass'), interrupt)
    const { code, stdout, stderr } = await gosaGradcheck(['--watch', 'scaled.mjs'], {
      onOutput(text, child) {
        fix(text, child)
        end(text, child)
      },
    })
    expect(stdout).toMatch(/scaled {2}fail[\s\S]*scaled {2}pass/)
    expect(stderr).toContain('scale.mjs changed')
    expect(code).toBe(130)
  })
})
