import type { Output } from '@gosa/cli-kit'
import { accuracy, count } from '../report/numbers.ts'
import type { ClassQuality } from './per-class.ts'

const ROOM = { class: 5, images: 10, precision: 11, recall: 9 }

/** A table of the classes: how many images, precision and recall, the worst recall in bold. */
export function classLines(classes: readonly ClassQuality[], { paint }: Pick<Output, 'paint'>): string[] {
  const recalls = classes.flatMap(({ recall }) => recall ?? [])
  const [best, worst] = [Math.max(...recalls), Math.min(...recalls)]
  const head = Object.entries(ROOM).map(([title, room]) => title.padStart(room))
  const lines = classes.map((one) => {
    const recall = share(one.recall).padStart(ROOM.recall)
    return [
      String(one.class).padStart(ROOM.class),
      count(one.count).padStart(ROOM.images),
      share(one.precision).padStart(ROOM.precision),
      one.recall === worst && worst < best ? paint.bold(recall) : recall,
    ].join('')
  })
  return [head.join(''), ...lines]
}

const share = (value: number | null): string => (value === null ? '–' : accuracy(value))
