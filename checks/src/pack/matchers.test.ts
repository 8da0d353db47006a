import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { environment } from '../../../scripts/environment.mjs'
import { blocks } from '../markdown.ts'
import { readWorkspaces, root } from '../repository.ts'
import { install, packAll } from './tarballs.ts'

const temporary = mkdtempSync(join(tmpdir(), 'gosa-matchers-'))
afterAll(() => rmSync(temporary, { recursive: true, force: true }))

const packed = await packAll(
  readWorkspaces().filter(({ manifest }) => ['@gosa/linalg', '@gosa/gradcheck'].includes(manifest.name)),
  join(temporary, 'tarballs'),
)
const gradcheck = packed.find(({ manifest }) => manifest.name === '@gosa/gradcheck')
if (!gradcheck) throw new Error('there is no tarball of @gosa/gradcheck')
const folder = install(gradcheck, packed, join(temporary, 'consumer'))

/** The example of the README, without its first line, which loads the matchers. */
const example = blocks(readFileSync(join(root, gradcheck.folder, 'README.md'), 'utf8'))
  .filter(({ words }) => words.includes('vitest'))
  .map(({ code }) => code.replace(/^import .*\n/, ''))
  .join()

/** What the example tests: a layer whose derivative is as given. */
const layer = (derivative: string) => `
class Tanh {
  forward(x) { return (this.y = map(x, Math.tanh)) }
  backward(dout) { return mul(dout, map(this.y, (y) => ${derivative})) }
}
const x = randomNormal([4, 3], { std: 0.5, rng: createRng(0) })
`
const RIGHT = layer('1 - y * y')
const WRONG = layer('1 - y')
const NAMES = '{ createRng, map, mul, randomNormal }'
const esm = (name: string) =>
  `import { ${name === 'assert' ? 'assertGradcheck' : 'matchers'} } from '@gosa/gradcheck/${name}'\nimport ${NAMES} from '@gosa/linalg'\n`
const commonJs = `const { matchers } = require('@gosa/gradcheck/matchers')\nconst ${NAMES} = require('@gosa/linalg')\n`

const binary = (name: string, path: string) =>
  join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), path)

/** Runs the tests in a file of its own; returns the exit code and everything printed. */
function run(file: string, code: string, words: string[], options: Record<string, string> = {}) {
  writeFileSync(join(folder, file), code)
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment(), NO_COLOR: '1', ...options },
  })
  rmSync(join(folder, file))
  return { status, printed: stdout + stderr }
}

const runners = {
  vitest: (code: string) =>
    run('layer.test.mjs', esm('matchers') + code + example, [
      binary('vitest', 'vitest.mjs'),
      ...['run', '--globals', '--root', folder],
    ]),
  'jest with CommonJS': (code: string) => runJest('layer.test.cjs', commonJs + code + example),
  'jest with ESM': (code: string) => runJest('layer.test.mjs', esm('matchers') + code + example),
  'node:test': (code: string) =>
    run(
      'layer.test.mjs',
      `${esm('assert')}import { test } from 'node:test'\n${code}\ntest('has the right gradients', () => assertGradcheck(new Tanh(), x))`,
      ['--test', 'layer.test.mjs'],
    ),
}

function runJest(file: string, code: string) {
  const config = JSON.stringify({ rootDir: folder, testMatch: [`**/${file}`], transform: {} })
  const words = [binary('jest', 'bin/jest.js'), '--config', config]
  return run(file, code, words, { NODE_OPTIONS: '--experimental-vm-modules' })
}

describe.each(Object.entries(runners))('@gosa/gradcheck from its tarball, under %s', (_, runner) => {
  it('lets a layer pass whose gradients are right', () => {
    const { status, printed } = runner(RIGHT)
    expect(printed).toMatch(/1 passed|pass 1/)
    expect(status).toBe(0)
  })

  it('fails one whose gradients are wrong, and shows the report', () => {
    const { status, printed } = runner(WRONG)
    expect(printed).toContain('Tanh: fail')
    expect(printed).toMatch(/12 of 12|worst at/)
    expect(status).toBe(1)
  })
})
