import { ExitCode } from './exit-code.ts'

/** The wish to end: Ctrl-C, a `kill`, or a reader of stdout that has gone. */
export interface Interruption {
  /** Aborted by the wish, with the signal's name as reason (`SIGPIPE`: the reader has gone). Ask it between two steps. */
  readonly signal: AbortSignal
  /** Lets the wish arrive: code that runs long without waiting for anything awaits it now and then. */
  breathe(): Promise<void>
  /** Stops listening. */
  release(): void
}

/** The part of `process` that is listened to. */
export interface SignalSource {
  on(event: string, listener: (name: string) => void): unknown
  off(event: string, listener: (name: string) => void): unknown
  exit(code: number): unknown
}

/** A terminal and a parent such as npx both pass one Ctrl-C on: signals so close together, in ms, are one wish. */
const ONE_WISH = 500

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE']

/**
 * Listens for signals, of which the first asks the command to save what it has and to end, and the second ends it at
 * once. Without this a signal ends the command where it stands, so only a command with something to save needs it.
 */
export function listenForInterruption(
  source: SignalSource = process as SignalSource,
  now: () => number = () => performance.now(),
): Interruption {
  const controller = new AbortController()
  let first = 0
  const listener = (name: string) => {
    if (!controller.signal.aborted) {
      first = now()
      controller.abort(name)
    } else if (name !== 'SIGPIPE' && now() - first > ONE_WISH) source.exit(ExitCode.interrupted)
  }
  for (const name of SIGNALS) source.on(name, listener)
  return {
    signal: controller.signal,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    release: () => {
      for (const name of SIGNALS) source.off(name, listener)
    },
  }
}
