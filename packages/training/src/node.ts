/** `@gosa/training/node`: what a terminal shows of training. */

export { type ProgressBarOptions, progressBar } from './node/progress-bar.ts'
