import { beforeAll, describe, expect, it } from 'vitest'
import { script } from '../test/fake-run.ts'
import { copyFixtures, install } from '../test/run.ts'
import { createGradcheck } from './program.ts'

beforeAll(() => copyFixtures(install))

const call = (...args: string[]) => createGradcheck(script).parseAsync(['node', 'gosa-gradcheck', ...args])

describe('wrong calls are told in words', () => {
  it.each([
    ['a module that is not there', ['none.js'], /^there is no module none\.js$/],
    ['a folder', [install], /is a folder; name the module in it$/],
    [
      'a module without cases',
      [`${install}/no-cases.mjs`],
      /no-cases\.mjs exports no cases: a case is an object with a layer/,
    ],
    ['cases that are not there', [`${install}/pair.mjs`, '--only', 'relu'], /no case has relu in its name/],
    [
      'a suite without such a case',
      ['--suite', '--only', 'gelu'],
      /no case of the suite has gelu in its name/,
    ],
    ['faults of no such name', ['--faults', '--only', 'no such'], /no fault has such a name/],
    ["one of the book's cases", ['--only', 'W1'], /the book's check is one case/],
    ['an unknown option', ['--fast'], /unknown option '--fast'/],
    [
      'a method that does not exist',
      ['--method', 'guess'],
      /Allowed choices are central, five-point, richardson/,
    ],
    ['a tolerance that is none', ['--rtol', '-1'], /It must be a number from 0 up/],
    ['a seed that is none', ['--seed', '1.5'], /It must be a whole number from 0 up/],
    ['no threads', ['--threads', '0'], /It must be a whole number from 1 to 256/],
    ['no such data', ['--data', 'none'], /there is no such folder/],
    ['no files', ['--data', 'emnist-digits', '--data-dir', install], /--data-dir or GOSA_DATA_DIR/],
    [
      'a suite with modules',
      ['--suite', 'pair.mjs'],
      /--suite checks what is built in, and takes no modules/,
    ],
    ['faults by another rule', ['--faults', '--rtol', '1'], /--rtol does not go with --faults/],
    ['a suite and faults', ['--suite', '--faults'], /name one/],
    ['trials of nothing', ['--trials', '5'], /--trials says nothing without --faults/],
    [
      'images for modules',
      [`${install}/pair.mjs`, '--data', 'mnist'],
      /--data names the images of the book's check/,
    ],
    ['a folder of images for the suite', ['--suite', '--data-dir', install], /--data-dir names the images/],
    ['nothing to watch', ['--watch'], /--watch needs a module/],
  ])('%s', async (_, args, message) => {
    await expect(call(...args)).rejects.toThrow(message)
  })
})
