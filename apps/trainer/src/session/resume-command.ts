import type { Environment } from '@gosa/cli-kit'

/** The line with which the run of a folder goes on. */
export const resumeCommand = (folder: string, env: Environment): string =>
  `${env.npm_lifecycle_event === 'start' ? 'npm start --' : 'gosa-trainer'} train --resume ${quoted(folder)}`

/** A path as a word on the command line. */
const quoted = (path: string): string => (/^[\w./\\:@%+=,-]+$/.test(path) ? path : JSON.stringify(path))
