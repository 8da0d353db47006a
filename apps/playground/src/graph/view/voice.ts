import type { GraphTexts } from '../../text/graph.ts'
import type { Palette } from '../../view/palette.ts'

/** What is said with: the texts and the colours. */
export interface Voice {
  readonly t: GraphTexts
  readonly colours: Palette
}
