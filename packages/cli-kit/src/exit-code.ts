/** What a command's exit code says; scripts rely on it, so a number never changes its meaning. */
export const ExitCode = {
  success: 0,
  /** The thing that was checked or trained failed, or a file could not be read or written. */
  failed: 1,
  /** The command was called wrongly. */
  usage: 2,
  /** A check came to no verdict. */
  inconclusive: 3,
  /** Ctrl-C, after saving what could be saved: 128 + SIGINT, as shells count. */
  interrupted: 130,
} as const

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode]
