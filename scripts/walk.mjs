import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCode, root } from './pnpm.mjs'

// `node scripts/walk.mjs`: goes the way of a newcomer, in a fresh clone with an empty home: does what README, chapter and guide
// say, in their order, with nothing but Node, npm and git, and fails where a step does. The last line is `N passed, N failed`.

const top = mkdtempSync(join(tmpdir(), 'gosa-walk-'))
const clone = join(top, 'gosa')
const project = join(top, 'project')
const home = join(top, 'home')
for (const folder of [home, project]) mkdirSync(folder)

/** Nothing of this machine but what a shell needs and how the registry is reached. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(PATH|PATHEXT|SystemRoot|TEMP|TMP|LANG|NODE_EXTRA_CA_CERTS|https?_proxy|npm_config_(registry|cafile))$/i.test(
      name,
    ),
  ),
)
Object.assign(env, { HOME: home, USERPROFILE: home, NO_COLOR: '1' })

const counts = { passed: 0, failed: 0 }
try {
  // Committed files only, as a newcomer has them.
  if (spawnSync('git', ['clone', '--quiet', root, clone]).status !== 0) throw new Error('git clone failed')
  await readme()
  await chapter()
  await guide()
  await ownProject()
} catch (error) {
  counts.failed++
  console.log(`walk: ${/** @type {Error} */ (error).message}`)
} finally {
  rmSync(top, { recursive: true, force: true })
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed === 0 ? 0 : 1

/** README: the commands of its quick start. */
async function readme() {
  for (const command of shellCommands('README.md').filter((line) => !/^npm (test|run pack)/.test(line))) {
    if (command === 'npm run playground') await served(command)
    else await step('README.md', command)
  }
}

/** The chapter: its blocks in one file of the lab. */
async function chapter() {
  const code = blocks('docs/chapter-5.md').filter(({ words }) => words[0] === 'ts' && words.length === 1)
  writeFileSync(join(clone, 'lab/chapter-5.ts'), code.map(({ text }) => text).join('\n'))
  await step('docs/chapter-5.md', 'npm run lab -- chapter-5.ts')
}

/** The guide: its commands, up to the page, which is bundled and not served. */
async function guide() {
  const seven = join(root, 'examples/seven.png')
  copyFileSync(seven, join(clone, 'digit.png'))
  let folder = clone
  for (const [, command] of page('docs/from-start-to-web-page.md').matchAll(/^ {4}\$ (.*)$/gm)) {
    if (command.startsWith('cd ')) folder = join(clone, command.slice(3))
    else await step('docs/from-start-to-web-page.md', command.replace(/ --servedir.*/, ''), folder)
  }
}

/** README: the packages in a project of one's own, and the command that checks gradients. */
async function ownProject() {
  const [pack] = shellCommands('README.md').filter((line) => line.startsWith('npm run pack'))
  const { output } = await step('README.md', `${pack} gradcheck-cli`)
  const [install] = /^npm install .*$/m.exec(output) ?? ['npm install was not printed']
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  await step('README.md', install, project)
  const train = blocks('README.md').find(({ text }) => text.includes('new Momentum'))
  // Without types, the program is JavaScript.
  writeFileSync(join(project, 'train.js'), train?.text ?? '')
  await step('README.md', 'node train.js', project)
  copyFileSync(join(root, 'lab/my-layer.ts'), join(project, 'my-layer.ts'))
  await step('apps/gradcheck-cli/README.md', 'npx gosa-gradcheck my-layer.ts', project)
}

/**
 * Does a step and says how long it took; what it prints only if it fails. Throws then, as the steps after it need it.
 *
 * @param {string} place
 * @param {string} command
 */
async function step(place, command, cwd = clone) {
  const start = performance.now()
  const child = spawn(command, { cwd, env, shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
  const code = await exitCode(child)
  report(code === 0, start, `${place}: ${command.slice(0, 100)}`)
  if (code !== 0) throw new Error(`the step ended with ${code}\n${output.slice(-4000)}`)
  return { output }
}

/** Starts the page's server, fetches the page and ends the server. */
async function served(/** @type {string} */ command) {
  const start = performance.now()
  const child = spawn(command, {
    cwd: clone,
    env,
    shell: true,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = await new Promise((resolve) => {
    const listen = (/** @type {Buffer} */ text) => {
      output += text
      const [found] = /http:\/\/\S+/.exec(output) ?? []
      if (found) resolve(found)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('close', () => resolve(undefined))
  })
  const isFine = address !== undefined && (await fetch(address)).ok
  if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
  report(isFine, start, `README.md: ${command}`)
  if (!isFine) throw new Error(`no page was served\n${output.slice(-4000)}`)
}

/**
 * @param {boolean} isFine
 * @param {number} start
 * @param {string} what
 */
function report(isFine, start, what) {
  counts[isFine ? 'passed' : 'failed']++
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${isFine ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s  ${what}`)
}

/** @param {string} path */
function page(path) {
  return readFileSync(join(clone, path), 'utf8')
}

/** The code blocks of a page: the words after the fence, and the text. */
function blocks(/** @type {string} */ path) {
  return [...page(path).matchAll(/^```(\S.*)\n([\s\S]*?)\n```$/gm)].map(([, words, text]) => ({
    words: words.split(' '),
    text,
  }))
}

/** The commands of a page's shell blocks, without their comments. */
function shellCommands(/** @type {string} */ path) {
  return blocks(path)
    .filter(({ words }) => words[0] === 'sh')
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}
