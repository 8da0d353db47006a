/**
 * Metrics of scores and probabilities, with scikit-learn's definitions. Scores are a tensor (N, C), a column for each class,
 * or for two classes a list (N) of scores of class 1. t are class indices.
 */
import { clip, div, log, sum, Tensor, tensor } from '@gosa/linalg'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import { checkLengths, checkLists } from './classification.ts'

/**
 * Returns the share of samples whose class is among the k with the highest scores (N, C); of equal scores, that of the
 * higher index counts as higher, as in scikit-learn's `top_k_accuracy_score`. A sample with NaN among its scores is wrong.
 */
export function topKAccuracy(t: ArrayLike<number>, scores: Tensor, options?: { k?: number }): number {
  const { k = 2 } = checkOptions('topKAccuracy', options, ['k'])
  const C = columnsOf('topKAccuracy', t, scores)
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`topKAccuracy: k must be at least 1, not ${k}`)
  let hits = 0
  for (let n = 0; n < t.length; n++) {
    const row = Array.from(scores.data.subarray(n * C, (n + 1) * C))
    const own = row[t[n]]
    const higher = row.filter((score, c) => score > own || (score === own && c > t[n])).length
    if (higher < k && !row.some(Number.isNaN)) hits++
  }
  return hits / t.length
}

/**
 * Returns the area under the ROC curve: the probability that a sample of class 1 has a higher score than one of class 0,
 * equal scores counting half. For scores (N, C) of more than two classes, the mean of each class against the others
 * (`roc_auc_score(…, multi_class="ovr")`).
 *
 * Throws a `RangeError` if a class has no samples, or is that of all samples: then there is no such area.
 */
export function rocAuc(t: ArrayLike<number>, scores: Tensor | ArrayLike<number>): number {
  checkLists('rocAuc', t, scores instanceof Tensor ? scores.data : scores)
  if (!(scores instanceof Tensor) || scores.size === t.length) {
    return binaryAuc(t, scores instanceof Tensor ? scores.data : scores, 1)
  }
  const C = columnsOf('rocAuc', t, scores)
  const column = (c: number) => Float64Array.from({ length: t.length }, (_, n) => scores.data[n * C + c])
  if (C === 2) return binaryAuc(t, column(1), 1)
  let total = 0
  for (let c = 0; c < C; c++) total += binaryAuc(t, column(c), c)
  return total / C
}

/** `(R − P(P + 1)/2)/(P·Q)`, with R the sum of the ranks of the P positive samples, equal scores sharing theirs. */
function binaryAuc(t: ArrayLike<number>, scores: ArrayLike<number>, positive: number): number {
  checkLengths('rocAuc', t, scores)
  const order = Array.from(t, (_, n) => n).sort((a, b) => scores[a] - scores[b])
  let [positives, ranks] = [0, 0]
  for (let start = 0; start < order.length; ) {
    let end = start
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++
    if (end === start) return Number.NaN // A score is NaN: it has no rank.
    for (let i = start; i < end; i++) {
      if (t[order[i]] !== positive) continue
      positives++
      ranks += (start + 1 + end) / 2
    }
    start = end
  }
  const negatives = t.length - positives
  if (positives === 0 || negatives === 0) {
    throw new RangeError(
      `rocAuc: class ${positive} has ${positives} of ${t.length} samples; there must be samples of it and of others`,
    )
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/**
 * Returns the mean of `−log p` of the right classes, p probabilities. As in scikit-learn 1.2, they are first limited to
 * ε … 1 − ε, with ε the machine epsilon of their dtype, and each row is divided by its sum.
 */
export function logLoss(t: ArrayLike<number>, probabilities: Tensor | ArrayLike<number>): number {
  checkLists('logLoss', t, probabilities instanceof Tensor ? probabilities.data : probabilities)
  const isList = !(probabilities instanceof Tensor) || probabilities.size === t.length
  const given = probabilities instanceof Tensor ? probabilities : tensor(Float64Array.from(probabilities))
  const epsilon = given.dtype === 'float32' ? 2 ** -23 : 2 ** -52
  let p = clip(given.astype('float64'), epsilon, 1 - epsilon)
  if (isList) {
    checkLengths('logLoss', t, given.data)
    p = tensor(Array.from(p.data, (one) => [1 - one, one]))
  }
  const C = columnsOf('logLoss', t, p)
  const { data: logs } = log(div(p, sum(p, { axis: 1, keepDims: true })))
  let total = 0
  for (let n = 0; n < t.length; n++) total -= logs[n * C + t[n]]
  return total / t.length
}

/** Returns C of scores (N, C). Throws a `RangeError` for other shapes, another N, and classes that they do not have. */
function columnsOf(what: string, t: ArrayLike<number>, scores: Tensor): number {
  checkTensor(what, 'scores', scores)
  checkLists(what, t, scores.data)
  const [N, C] = scores.shape
  if (scores.rank !== 2 || N !== t.length || N === 0) {
    throw new RangeError(
      `${what}: ${t.length} targets need scores (${t.length}, C), not (${scores.shape.join(', ')})`,
    )
  }
  const wrong = Array.from(t).findIndex((label) => !(label >= 0 && label < C && Number.isInteger(label)))
  if (wrong >= 0) {
    throw new RangeError(`${what}: target ${t[wrong]} of sample ${wrong} is not one of the ${C} classes`)
  }
  return C
}
