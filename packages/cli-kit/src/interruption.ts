import { ExitCode } from './exit-code.ts'

/*
 * Ctrl-C and other signals as an `AbortSignal`, so that a command can save its work before it ends.
 */

/** A request to stop: Ctrl-C, `kill`, or a closed pipe on stdout. */
export interface Interruption {
  /** Aborted by the first request, with the signal's name as its reason (`SIGPIPE` for a closed pipe). */
  readonly signal: AbortSignal
  /** Lets pending signals arrive. A long loop without any other `await` awaits this from time to time. */
  yieldToEvents(): Promise<void>
  /** Stops listening. */
  release(): void
}

/** The part of `process` that signals come from. */
export interface SignalSource {
  on(event: string, listener: (name: string) => void): unknown
  off(event: string, listener: (name: string) => void): unknown
  exit(code: number): unknown
}

/** A terminal and a parent process such as npx both pass on one Ctrl-C: a second signal within this time is a duplicate. */
const DUPLICATE_SIGNAL_MS = 500

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE']

/**
 * Listens for signals: the first one aborts `signal`, so that the command can save its work and end; a second one exits
 * at once with 130. A command with nothing to save does not need this: by default a signal ends the process.
 */
export function listenForInterruption(
  source: SignalSource = process as SignalSource,
  now: () => number = () => performance.now(),
): Interruption {
  const controller = new AbortController()
  let firstAt = 0
  const listener = (name: string) => {
    if (!controller.signal.aborted) {
      firstAt = now()
      controller.abort(name)
    } else if (name !== 'SIGPIPE' && now() - firstAt > DUPLICATE_SIGNAL_MS) source.exit(ExitCode.interrupted)
  }
  for (const name of SIGNALS) source.on(name, listener)
  return {
    signal: controller.signal,
    yieldToEvents: () => new Promise((resolve) => setImmediate(resolve)),
    release: () => {
      for (const name of SIGNALS) source.off(name, listener)
    },
  }
}
