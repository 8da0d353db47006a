import { beforeAll, describe, expect, it } from 'vitest'
import { copyFixtures, install } from '../test/run.ts'
import { workerScript } from '../test/test-context.ts'
import { createGradcheck } from './program.ts'

beforeAll(() => copyFixtures(install))

const call = (...args: string[]) =>
  createGradcheck(workerScript).parseAsync(['node', 'gosa-gradcheck', ...args])

describe('createGradcheck reports wrong usage', () => {
  it.each([
    ['a module that does not exist', ['none.js'], /^there is no module none\.js$/],
    ['a folder', [install], /is a folder; name a module in it$/],
    [
      'a module without cases',
      [`${install}/no-cases.mjs`],
      /no-cases\.mjs exports no cases: a case is an object with a layer/,
    ],
    [
      'a name that no case contains',
      [`${install}/pair.mjs`, '--only', 'relu'],
      /no case has relu in its name/,
    ],
    [
      'a name that no case of the suite contains',
      ['--suite', '--only', 'gelu'],
      /no case of the suite has gelu in its name/,
    ],
    [
      'a name that no fault contains',
      ['--faults', '--only', 'no such'],
      /no fault has that text in its name/,
    ],
    ["--only for the book's check", ['--only', 'W1'], /the book's check is one case/],
    ['an unknown option', ['--fast'], /unknown option '--fast'/],
    [
      'a method that does not exist',
      ['--method', 'guess'],
      /Allowed choices are central, five-point, richardson/,
    ],
    ['a negative tolerance', ['--rtol', '-1'], /It must be a number, at least 0/],
    ['a seed that is not an integer', ['--seed', '1.5'], /It must be an integer, at least 0/],
    ['no threads', ['--threads', '0'], /It must be an integer from 1 to 256/],
    ['a data set that does not exist', ['--data', 'none'], /there is no data set or folder none/],
    [
      'a data set without files',
      ['--data', 'emnist-digits', '--data-dir', install],
      /--data-dir or GOSA_DATA_DIR/,
    ],
    ['a suite with modules', ['--suite', 'pair.mjs'], /--suite checks built-in code and takes no modules/],
    ['--faults with another rule', ['--faults', '--rtol', '1'], /--rtol has no effect with --faults/],
    ['--corpus without --faults', ['--corpus', 'second'], /--corpus has no effect without --faults/],
    ['--suite and --faults', ['--suite', '--faults'], /give one/],
    ['--trials without --faults', ['--trials', '5'], /--trials has no effect without --faults/],
    [
      'images for modules',
      [`${install}/pair.mjs`, '--data', 'mnist'],
      /--data selects the images of the book's check/,
    ],
    ['a folder of images for the suite', ['--suite', '--data-dir', install], /--data-dir selects the images/],
    ['--watch without a module', ['--watch'], /--watch needs a module/],
    ['--budget with a mode', ['--budget', '3', '--mode', 'full'], /--budget chooses the mode itself/],
    ['an unknown format', ['--format', 'xml'], /Allowed choices are text, github/],
  ])('%s', async (_, args, message) => {
    await expect(call(...args)).rejects.toThrow(message)
  })
})
