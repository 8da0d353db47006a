/**
 * Verifies the corpus without the product's checker:
 *
 *     npx esbuild corpus-2/verify.ts --bundle --platform=node | node - [first|second] [words of a name]
 *
 * Compares each gradient with Ridders' extrapolation of central differences over
 * many step sizes (Numerical Recipes, section 5.7), at three seeds, and prints
 * the counts; exit code 1 if a right case differs or a wrong one does not.
 */
import type { Case, Rng, Subject, Values } from './case.ts'
import { first, second } from './corpus.ts'

const SEEDS = [1, 2, 3]

/** mulberry32. */
function createRng(seed: number): Rng {
  let state = seed * 0x9e3779b9
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const copy = (x: Record<string, Values>): Record<string, Values> =>
  Object.fromEntries(Object.entries(x).map(([key, v]) => [key, { data: v.data.slice(), shape: v.shape }]))

interface Slope {
  value: number
  error: number
}

/** The derivative of `f` at 0 by Ridders' method, with the step sizes that give the smallest error. */
function slopeOf(f: (t: number) => [number, number], x: number, precision: number): Slope {
  let best: Slope = { value: Number.NaN, error: Number.POSITIVE_INFINITY }
  const scales = Math.abs(x) > 0 ? new Set([1, Math.abs(x)]) : [1]
  for (const scale of scales) {
    for (let k = 1; k <= 12; k += 1) {
      const start = 0.937 * scale * 10 ** -k
      const last: number[] = []
      let h = start
      for (let level = 0; level < 5 && h > 1e-12 * Math.abs(x); level++, h /= Math.sqrt(2.5)) {
        const [up, upSize] = f(h)
        const [down, downSize] = f(-h)
        const row = [(up - down) / (x + h - (x - h))]
        let factor = 2.5
        for (let j = 0; j < last.length; j++, factor *= 2.5) {
          row.push((row[j] * factor - last[j]) / (factor - 1))
          const noise = (precision * 4 * Math.max(upSize, downSize)) / h
          const rounding = ((2.3e-16 * Math.abs(x)) / h) * Math.abs(row[j + 1])
          const error =
            Math.max(Math.abs(row[j + 1] - row[j]), Math.abs(row[j + 1] - last[j])) + noise + rounding
          if (error < best.error) best = { value: row[j + 1], error }
        }
        last.splice(0, last.length, ...row)
      }
    }
  }
  return best
}

/** The smallest and largest one-sided slope, for kinks. */
function oneSided(f: (t: number) => [number, number]): [number, number] {
  const h = 1e-6
  const [middle] = f(0)
  const up = (f(h)[0] - middle) / h
  const down = (middle - f(-h)[0]) / h
  return [Math.min(up, down), Math.max(up, down)]
}

/** How far the gradient is off, relatively, and how sure the reference is. */
interface Difference {
  /** Largest relative difference that the reference's error does not explain. */
  visible: number
  /** Largest error of the reference, relative to the largest gradient of its input. */
  doubt: number
  where: string
}

function differenceOf(made: Case, seed: number): Difference {
  const fresh = () => made.make(createRng(seed))
  const subject = fresh()
  const output = subject.forward(copy(subject.x))
  const weigh = createRng(seed + 100)
  const r = output.data.map(() => (weigh() < 0.5 ? -1 : 1) * (0.5 + weigh()))
  const gradients = subject.backward({ data: r.slice(), shape: output.shape })
  const result: Difference = { visible: 0, doubt: 0, where: '' }
  const see = (visible: number, where: string) => {
    if (!(visible <= result.visible)) Object.assign(result, { visible, where })
  }
  for (const [key, v] of Object.entries(subject.x)) {
    if (subject.notDifferentiable?.includes(key)) continue
    const gradient = gradients[key]
    if (gradient?.data.length !== v.data.length || String(gradient.shape) !== String(v.shape)) {
      see(Number.POSITIVE_INFINITY, `${key}: missing or of another shape`)
      continue
    }
    const slopes: Slope[] = []
    for (let i = 0; i < v.data.length; i++) {
      const along = (t: number): [number, number] => {
        const at = copy(subject.x)
        at[key].data[i] += t
        const y = fresh().forward(at).data
        let total = 0
        let size = 0
        for (let j = 0; j < y.length; j++) {
          total += r[j] * y[j]
          size += Math.abs(r[j] * y[j])
        }
        return [total, size]
      }
      if (made.subgradient) {
        const [low, high] = oneSided(along)
        const outside =
          Math.max(0, low - gradient.data[i], gradient.data[i] - high) -
          1e-5 * (1 + Math.abs(low) + Math.abs(high))
        slopes.push({ value: gradient.data[i] + Math.max(0, outside), error: 0 })
      } else slopes.push(slopeOf(along, v.data[i], made.precision ?? 2.3e-16))
    }
    const largest = Math.max(...slopes.map((s) => Math.abs(s.value)))
    slopes.forEach((slope, i) => {
      const given = gradient.data[i]
      const size = Math.max(Math.abs(slope.value), Math.abs(given), 1e-6 * largest) || 1
      const off = Math.abs(given - slope.value)
      see(
        Number.isFinite(off) ? Math.max(0, off - 10 * slope.error) / size : off,
        `${key}[${i}]: ${given}, not ${slope.value} ± ${slope.error}`,
      )
      result.doubt = Math.max(result.doubt, slope.error / (largest || 1))
    })
  }
  return result
}

/** Runs `steps` on a fresh subject, then compares its output and gradient with those of another fresh one. */
function dependsOn(made: Case, seed: number, steps: (subject: Subject) => void): boolean {
  const results = [true, false].map((used) => {
    const subject = made.make(createRng(seed))
    if (used) steps(subject)
    const inputs = copy(subject.x)
    const y = subject.forward(inputs)
    const dout = { data: y.data.map((_, i) => 0.5 + (i % 3)), shape: y.shape }
    const before = dout.data.slice()
    const output = y.data.slice()
    const gradients = subject.backward(dout)
    const entries = [output, ...Object.values(gradients).map((g) => g.data)].flatMap((a) => [...a])
    const mutated =
      String(dout.data) !== String(before) ||
      Object.keys(inputs).some((k) => String(inputs[k].data) !== String(subject.x[k].data))
    return { entries, mutated }
  })
  const [a, b] = results.map((result) => result.entries)
  const size = Math.max(...b.map(Math.abs))
  return results[1].mutated || a.length !== b.length || a.some((v, i) => !(Math.abs(v - b[i]) <= 1e-4 * size))
}

/** Names a property that fails: dependence on earlier calls, mutation, or `backward` not linear in `dout`. */
function failingProperty(made: Case, seed: number): string | undefined {
  const other = createRng(seed + 7)
  const shifted = (x: Record<string, Values>, skip: readonly string[] = []) => {
    const at = copy(x)
    for (const key in at)
      if (!skip.includes(key))
        at[key].data.forEach((v, i, a) => {
          a[i] = v * (1 + 0.02 * other())
        })
    return at
  }
  const ones = (y: Values) => ({ data: y.data.map(() => 1), shape: y.shape })
  if (
    dependsOn(made, seed, (s) => s.backward(ones(s.forward(copy(s.x))))) &&
    !made.make(createRng(seed)).accumulates
  )
    return 'depends on an earlier call'
  if (dependsOn(made, seed, (s) => s.forward(shifted(s.x, s.notDifferentiable))))
    return 'depends on an earlier input'
  if (
    dependsOn(made, seed, () => {
      const s = made.make(createRng(seed))
      s.backward(ones(s.forward(shifted(s.x, s.notDifferentiable))))
    })
  )
    return 'depends on another object'
  const gradientOf = (factor: number) => {
    const s = made.make(createRng(seed))
    const y = s.forward(copy(s.x))
    return Object.values(
      s.backward({ data: y.data.map((_, i) => factor * (1 + (i % 2))), shape: y.shape }),
    ).flatMap((g) => [...g.data])
  }
  const [once, twice] = [gradientOf(1), gradientOf(-3)]
  const size = Math.max(...once.map(Math.abs))
  if (
    once.some((v, i) => !(Math.abs(-3 * v - twice[i]) <= Math.max(1e-6, 100 * (made.precision ?? 0)) * size))
  )
    return 'not linear in dout'
  return undefined
}

function problemOf(made: Case): string | undefined {
  if (made.hard) return undefined
  for (const seed of SEEDS) {
    const { visible, doubt, where } = differenceOf(made, seed)
    const property = failingProperty(made, seed)
    if (made.kind === 'right') {
      const tolerance = made.tolerance ?? 1e-6
      if (!(visible <= tolerance)) return `differs by ${visible} in ${where}`
      if (property) return property
      if (!(doubt <= tolerance)) return `the reference is only good to ${doubt}`
    } else if (visible < 1e-4 && !property)
      return `no difference seen (seed ${seed}, ${visible}, doubt ${doubt})`
  }
  return undefined
}

const [half = '', ...words] = process.argv.slice(2)
let problems = 0
for (const [name, cases] of Object.entries({ first, second })) {
  if (half && half !== name) continue
  const wanted = cases.filter((made) => made.name.includes(words.join(' ')))
  const counts = { right: 0, wrong: 0, hard: 0 }
  const names = new Set<string>()
  for (const made of wanted) {
    let problem: string | undefined
    try {
      problem = names.has(made.name) ? 'the name is taken' : problemOf(made)
    } catch (error) {
      problem = String(error)
    }
    names.add(made.name)
    if (problem) console.log(`${made.kind} "${made.name}": ${problem}`)
    if (problem) problems++
    else counts[made.hard ? 'hard' : made.kind]++
  }
  console.log(
    `${name}: ${counts.right} right and ${counts.wrong} wrong cases confirmed, ${counts.hard} hard ones not judged`,
  )
}
process.exitCode = problems > 0 ? 1 : 0
