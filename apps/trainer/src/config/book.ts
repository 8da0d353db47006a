import { usageError } from '@gosa/cli-kit'
import type { Config } from './config.ts'

/** What the chapter's loop is, and the flag of what it is not. */
const CHAPTER: readonly [flag: string, holds: (config: Config) => boolean][] = [
  ['--layers', ({ layers }) => layers.length === 3],
  ['--activation', ({ activation }) => activation === 'relu'],
  ['--std', ({ std }) => typeof std === 'number'],
  ['--optimizer', ({ optimizer }) => optimizer === 'sgd'],
  ['--sampling', ({ sampling }) => sampling === 'replacement'],
  ['--schedule', ({ schedule }) => schedule === 'constant'],
  ['--warm-up', ({ warmUp }) => warmUp === 0],
  ['--weight-decay', ({ weightDecay }) => weightDecay === 0],
  ['--clip-norm', ({ clipNorm }) => clipNorm === 0],
  ['--validation', ({ validation }) => validation === 0],
]

/** Throws a `CommandError` of usage where a run with `--book` would be another than that of `ch05/train_neuralnet.py`. */
export function checkBook(config: Config): void {
  const other = config.book && CHAPTER.find(([, holds]) => !holds(config))
  if (other) {
    throw usageError(
      `${other[0]} cannot be used with --book: the chapter's loop is SGD with one learning rate, on batches drawn with replacement, ` +
        'for two Affine layers with ReLU between them',
    )
  }
}
