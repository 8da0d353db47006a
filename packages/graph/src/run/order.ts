import type { Expression } from '../expression.ts'

/**
 * The parts of an expression in an order in which they can be computed, each once.
 *
 * Throws a `RangeError` where one layer is applied twice: it keeps only one `forward`, so a gradient would be lost.
 */
export function inOrder(root: Expression): Expression[] {
  const found = new Set<Expression>()
  const layers = new Set<object>()
  const visit = (part: Expression): void => {
    if (found.has(part)) return
    if (part.kind === 'operation') {
      if (layers.has(part.layer)) {
        throw new RangeError(
          `graphOf: the same layer (${part.name ?? part.label}) is applied twice; make a second one, each keeps its own forward`,
        )
      }
      layers.add(part.layer)
      part.inputs.forEach(visit)
    }
    found.add(part)
  }
  visit(root)
  return [...found]
}

/**
 * A name for each part: its own, or its label with a number. Throws a `RangeError` where two have one name.
 */
export function namesOf(parts: readonly Expression[]): Map<Expression, string> {
  const taken = new Set(parts.map(({ name }) => name))
  const named = parts.filter(({ name }) => name !== undefined)
  if (named.length > new Set(named.map(({ name }) => name)).size) {
    const twice = named.find((part, i) => named.findIndex(({ name }) => name === part.name) < i)
    throw new RangeError(
      `graphOf: two parts are called '${twice?.name}'; names are unique, labels need not be`,
    )
  }
  let count = 0
  const free = (label: string): string => {
    const name = `${label}${++count}`
    return taken.has(name) ? free(label) : name
  }
  return new Map(parts.map((part) => [part, part.name ?? free(part.label)]))
}
