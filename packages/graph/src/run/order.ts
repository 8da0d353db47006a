import type { Expression, Operation } from '../expression.ts'

/**
 * The parts of an expression in an order in which they can be computed, each once.
 *
 * Throws a `RangeError` where one layer is applied twice: it keeps only one `forward`, so a gradient would be lost.
 */
export function inOrder(root: Expression): Expression[] {
  const found = new Set<Expression>()
  const layers = new Set<object>()
  // No recursion: a formula may be thousands of layers deep.
  const open: Expression[] = [root]
  while (open.length > 0) {
    const part = open[open.length - 1]
    const missing = part.kind === 'operation' ? part.inputs.filter((one) => !found.has(one)) : []
    if (missing.length > 0) open.push(missing[0])
    else {
      open.pop()
      if (part.kind === 'operation' && !found.has(part)) checkOnce(part, layers)
      found.add(part)
    }
  }
  return [...found]
}

function checkOnce({ layer, name, label }: Operation, layers: Set<object>): void {
  if (layers.has(layer)) {
    throw new RangeError(
      `graphOf: the same layer (${name ?? label}) is applied twice; make a second one, each keeps its own forward`,
    )
  }
  layers.add(layer)
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
