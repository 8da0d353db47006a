import type { WeightInit } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import type { Activation, LayerDescription } from '@gosa/networks'
import { runTexts } from '../texts/run.ts'

/** The networks that `--network` selects. */

/** The names of networks that `--network` takes. */
export const NETWORKS = ['two-layer', 'multi-layer', 'simple-conv', 'deep-conv'] as const

export type NetworkName = (typeof NETWORKS)[number]

/** Any stack of layers, as a JSON file describes it. */
export interface DescribedNetwork {
  /** The shape of one image; (1, height, width) by default. */
  readonly inputShape?: number[]
  /** In order, in an array or by name. */
  readonly layers: LayerDescription[] | Record<string, LayerDescription>
}

/** A name, the path of a JSON file, or its content. */
export type NetworkChoice = string | DescribedNetwork

/** What of its options a network depends on. */
export interface NetworkConfig {
  readonly network: NetworkChoice
  readonly layers?: number[]
  readonly activation: Activation
  readonly weightInitStd: WeightInit
  readonly dropout?: number
  readonly batchNorm?: boolean
  readonly dtype: DType
}

/** What the options of a network say of it, before and after they are resolved. */
interface NetworkOptions {
  readonly network?: NetworkChoice
  readonly layers?: readonly number[]
  readonly dropout?: number
  readonly batchNorm?: boolean
}

/**
 * The name of the network that options select, `described` for one in JSON. Without `network` it is the smallest one that has
 * what the other options ask for: two-layer, or multi-layer.
 */
export function networkName({
  network,
  layers,
  dropout,
  batchNorm,
}: NetworkOptions): NetworkName | 'described' {
  if (network !== undefined) return NETWORKS.find((name) => name === network) ?? 'described'
  const hasOneHiddenLayer = layers === undefined || layers.length === 3
  const isTwoLayer = hasOneHiddenLayer && dropout === undefined && batchNorm === undefined
  return isTwoLayer ? 'two-layer' : 'multi-layer'
}

/** Whether a network is made of Affine layers, whose sizes are options. */
export const isFullyConnected = (options: NetworkOptions): boolean =>
  ['two-layer', 'multi-layer'].includes(networkName(options))

/** The network in a few words: `784-50-10, relu`, `deep-conv, dropout 0.5`. */
export function networkLabel({
  network,
  layers = [],
  activation,
  dropout,
  batchNorm,
}: NetworkConfig): string {
  const { summary } = runTexts()
  const name = isFullyConnected({ network, layers }) ? layers.join('-') : describedLabel(network)
  return [
    ...[name, activation].filter(Boolean),
    ...(batchNorm ? [summary.batchNorm] : []),
    ...(dropout ? [summary.dropout(dropout)] : []),
  ].join(summary.separator)
}

/** Maximum number of layers that a label names. */
const MAX_NAMED_LAYERS = 12

function describedLabel(network: NetworkChoice): string {
  if (typeof network === 'string') return network
  const types = Object.values(network.layers).map(({ type }) => type)
  return [...types.slice(0, MAX_NAMED_LAYERS), ...(types.length > MAX_NAMED_LAYERS ? ['…'] : [])].join('-')
}
