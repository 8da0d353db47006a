import type { Environment } from '@gosa/cli-kit'
import { quoted } from '../report/quoted.ts'

/** The line with which the run of a folder goes on. */
export const resumeCommand = (folder: string, env: Environment): string =>
  `${env.npm_lifecycle_event === 'start' ? 'npm start --' : 'gosa-trainer'} train --resume ${quoted(folder)}`
