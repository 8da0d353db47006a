import type { Paint } from '@gosa/cli-kit'
import type { Verdict } from '@gosa/gradcheck'

const COLOURS = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const

/** A verdict in its colour. */
export const paintVerdict = (verdict: Verdict, paint: Paint): string => paint[COLOURS[verdict]](verdict)
