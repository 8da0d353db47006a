/** The exit codes of the commands. Scripts rely on them: a number never changes its meaning. */
export const ExitCode = {
  success: 0,
  /** What was checked or trained failed, or a file could not be read or written. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A check could not reach a verdict. */
  inconclusive: 3,
  /** Ctrl-C, after saving what could be saved: 128 + SIGINT, the convention of shells. */
  interrupted: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
