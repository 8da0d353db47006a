import { excerpt, showPlace } from '../errors/culprit.ts'
import type { Problem } from '../errors/problem.ts'

/** What was thrown, where, and the line that stands there. `folder` is where paths are seen from. */
export const problemLines = ({ message, place }: Problem, folder: string): string[] =>
  place ? [`${showPlace(place, folder)}: ${message}`, ...excerpt(place)] : [message]
