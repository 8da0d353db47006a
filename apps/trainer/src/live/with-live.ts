import { ExitCode, type Run } from '@gosa/cli-kit'
import { type Live, openLive } from './live.ts'

/** What can be typed: a port, `true` for any, nothing for no page. */
export interface LiveOptions {
  live?: number | true
}

const WORDS: Readonly<Partial<Record<ExitCode, string>>> = {
  [ExitCode.success]: 'The run has ended; this is how it went.',
  [ExitCode.interrupted]: 'The run has ended: it was stopped.',
}

/** Does something with a live page, if there is to be one: says where it is, and closes it at the end, however that is. */
export async function withLive(
  { options, output }: Pick<Run<LiveOptions>, 'options' | 'output'>,
  action: (live?: Live) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (options.live === undefined) return action()
  const live = await openLive(options.live === true ? 0 : options.live)
  if (output.json) output.value({ event: 'live', url: live.url })
  else output.warn(`live       ${live.url}`)
  let words = 'The run has ended: it failed, and the terminal says why.'
  try {
    const code = await action(live)
    words = WORDS[code] ?? words
    return code
  } finally {
    await live.close(words)
  }
}
